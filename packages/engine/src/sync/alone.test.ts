import type { DeviceId, SeriesId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import type { EventStore, StoredEvent } from '../store/event-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { CLOCK_SLACK_MS, LONE_SPAN_MS, lastOrderedAt, soundTime } from './alone.ts';
import { createLaneUse, firstEvent } from './lane-use.ts';

const HUB_AT = 1_800_000_000_000;
const DAY = '2026-11-23' as LocalDate;
const A = 'a' as SeriesId;

describe('deciding alone', () => {
  it('D1: a clock is believed from CLOCK_SLACK_MS before the hub’s last time to LONE_SPAN_MS after it', () => {
    expect(soundTime(HUB_AT - CLOCK_SLACK_MS - 1, HUB_AT)).toBeNull();
    // Never earlier than the hub was.
    expect(soundTime(HUB_AT - CLOCK_SLACK_MS, HUB_AT)).toBe(HUB_AT);
    expect(soundTime(HUB_AT + LONE_SPAN_MS, HUB_AT)).toBe(HUB_AT + LONE_SPAN_MS);
    expect(soundTime(HUB_AT + LONE_SPAN_MS + 1, HUB_AT)).toBeNull();
    expect(soundTime(HUB_AT, null)).toBeNull();
  });

  it('N2: numbers given are read back from the own journal, whatever stands around them', () => {
    const platform = createTestPlatform({ now: HUB_AT, seed: 1 });
    const store = createMemoryStore({ device: 'kiosk-1' as DeviceId, platform });
    expect(lastOrderedAt(store)).toBeNull();
    let made = 0;
    const write = (day: LocalDate, value: number | null, count = 1) =>
      store.transact(() =>
        store.append(
          Array.from({ length: count }, () => ({
            day,
            type: value === null ? 'v9.Noise' : 'v1.ClaimDecided',
            payload: value === null ? {} : granted(`test-command-${10_000_000 + made++}`, value),
          })),
          { deviceAt: HUB_AT, monoMs: 0 },
        ),
      );
    write('2026-11-22' as LocalDate, 620);
    write(DAY, 601);
    // More than a page of the journal.
    write(DAY, null, 450);
    const use = createLaneUse(store, DAY);
    expect(use.device).toBe('kiosk-1');
    expect(use.lastGiven(A)).toBe(601);
    use.note(write(DAY, 602).map(({ event }) => event));
    expect(use.lastGiven(A)).toBe(602);
    expect(use.lastGiven('b' as SeriesId)).toBeNull();
    expect(createLaneUse(store, '2026-11-24' as LocalDate).lastGiven(A)).toBeNull();
  });
});

describe('a disk that began today', () => {
  const platform = createTestPlatform({ now: HUB_AT, seed: 1 });
  const clock = { deviceAt: HUB_AT, monoMs: 0 };
  const begin = (of = DAY) => {
    const store = createMemoryStore({ device: 'kiosk-1' as DeviceId, platform });
    store.transact(() => store.append([{ ...firstEvent(of), day: of }], clock));
    return store;
  };
  const order = (store: EventStore, { event, hash }: StoredEvent) =>
    store.transact(() => {
      const { day, device, incarnation, seq } = event;
      const { n } = store.head(day);
      const row = { day, n: n + 1, epoch: 1, device, incarnation, seq, eventHash: hash, receivedAt: HUB_AT };
      store.appendOrder({ ...row, effectiveAt: HUB_AT });
    });
  const firstOf = (store: EventStore) => store.unordered(DAY)[0] as StoredEvent;

  it('N2: gives nothing before the hub has heard that it is there, then leaves two blocks free for disks before it', () => {
    const store = begin();
    const use = createLaneUse(store, DAY);
    expect(use.blocksLeftFree()).toBeNull();
    order(store, firstOf(store));
    expect(use.blocksLeftFree()).toBe(2);
  });

  it('N2, X2: and two for each other disk of its device that began today and may have given numbers unheard', () => {
    const [dead, store] = [begin(), begin()];
    const first = firstOf(dead);
    store.transact(() => store.importEvent(first.event));
    order(store, first);
    order(store, firstOf(store));
    expect(createLaneUse(store, DAY).blocksLeftFree()).toBe(4);
  });

  it.each([
    ['2026-11-20', 0],
    ['2026-11-21', 1],
    ['2026-11-22', 1],
  ])(
    'N2, X2: with a disk before it that may have been up to two days ahead of the hub, one begun on %s leaves %i free',
    (of, free) => {
      const store = begin(of as LocalDate);
      expect(createLaneUse(store, DAY).blocksLeftFree()).toBeNull();
      order(store, store.unordered(of as LocalDate)[0] as StoredEvent);
      expect(createLaneUse(store, DAY).blocksLeftFree()).toBe(free);
    },
  );

  it.each([
    ['2026-11-22', 2],
    ['2026-11-23', 4],
  ])('N2: another disk of its device that began on %s leaves it at %i', (of, free) => {
    const [dead, store] = [begin(of as LocalDate), begin()];
    store.transact(() => store.importEvent((dead.unordered(of as LocalDate)[0] as StoredEvent).event));
    order(store, firstOf(store));
    expect(createLaneUse(store, DAY).blocksLeftFree()).toBe(free);
  });
});

const granted = (commandId: string, value: number) => ({
  commandId,
  outcome: {
    type: 'granted',
    facts: [
      {
        type: 'v1.AppointmentCheckedIn',
        payload: {
          commandId,
          visitId: commandId,
          number: { seriesId: 'a', value, text: `A${value}` },
          origin: { kind: 'portal' },
        },
      },
    ],
    receipt: { visitId: commandId, number: `A${value}` },
  },
});
