import type { DeviceId, SeriesId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { CLOCK_SLACK_MS, LONE_SPAN_MS, lastOrderedAt, soundTime } from './alone.ts';
import { createLaneUse } from './lane-use.ts';

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
    expect(use).toMatchObject({ device: 'kiosk-1', isNewcomer: true });
    expect(use.lastGiven(A)).toBe(601);
    use.note(write(DAY, 602).map(({ event }) => event));
    expect(use.lastGiven(A)).toBe(602);
    expect(use.lastGiven('b' as SeriesId)).toBeNull();
    expect(createLaneUse(store, '2026-11-24' as LocalDate).lastGiven(A)).toBeNull();
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
