import { config } from '@aufruf/shared/domain/views/test/fixtures';
import type { CommandId, DeviceId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import type { EventStore } from '../store/event-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { createDayLedger, type DayLedger } from './day-ledger.ts';
import { createOtherDays } from './other-days.ts';

const [YESTERDAY, TODAY, TOMORROW] = ['2026-11-22', '2026-11-23', '2026-11-24'] as [LocalDate, LocalDate, LocalDate];
const NOW = 1_795_420_800_000;
const platform = createTestPlatform({ now: NOW, seed: 3 });
let store: EventStore;

beforeEach(() => {
  store = createMemoryStore({ device: 'kiosk-1' as DeviceId, platform });
});
const open = (day: LocalDate): DayLedger =>
  createDayLedger({ store, sha256: platform.sha256, day, estimateAt: () => NOW });

const commandOn = (day: LocalDate): CommandId => `open-counter-on-${day}` as CommandId;

/** A day on which one command was carried out. `isOrdered`: by the hub's order; else by this device alone. */
function live(day: LocalDate, isOrdered: boolean): void {
  const opening = { commandId: commandOn(day), counterId: 'counter-1', sessionId: 'session-of-somebody' };
  const drafts = [
    { day, type: 'v1.DayOpened', payload: { day } },
    { day, type: 'v1.ConfigurationPublished', payload: { config: config() } },
    { day, type: 'v1.CounterOpened', payload: opening },
  ];
  const written = store.transact(() => store.append(drafts, { deviceAt: NOW, monoMs: 0 }));
  if (isOrdered) for (const { event } of written) order(event);
}

function order({ device, incarnation, seq, day }: ReturnType<EventStore['append']>[number]['event']): void {
  const head = store.head(day);
  const eventHash = store.event(`${device}/${incarnation}/${seq}`)?.hash;
  if (eventHash === undefined) throw new Error('not held');
  const times = { receivedAt: NOW, effectiveAt: NOW };
  const row = { day, n: head.n + 1, epoch: 1, device, incarnation, seq, eventHash, ...times };
  store.transact(() => store.appendOrder(row));
}

describe('commands of the days beside today', () => {
  it('ledgers are closed when nobody asks them any more, and each once', () => {
    for (const day of [YESTERDAY, TODAY, TOMORROW]) live(day, true);
    const closed: string[] = [];
    let opened = 0;
    const noted = (day: LocalDate): DayLedger => {
      const name = `${day} ${++opened}`;
      return { ...open(day), close: () => void closed.push(name) };
    };
    const others = createOtherDays(store, noted);
    const [yesterday, today] = [noted(YESTERDAY), noted(TODAY)];
    others.leave(yesterday);
    others.outcomeOf(commandOn(YESTERDAY), today);
    expect([opened, closed]).toEqual([3, []]);
    others.leave(today);
    expect(closed).toEqual([`${YESTERDAY} 1`, `${TOMORROW} 3`]);
    others.forget();
    others.forget();
    expect(closed).toEqual([`${YESTERDAY} 1`, `${TOMORROW} 3`, `${TODAY} 2`]);
  });

  it('O6, D1: of the day before while today is young, and of a day that was opened alone and left again', () => {
    for (const day of [YESTERDAY, TODAY]) live(day, true);
    live(TOMORROW, false);
    const others = createOtherDays(store, open);
    const today = open(TODAY);
    expect(others.outcomeOf(commandOn(YESTERDAY), today)?.status).toBe('granted');
    expect(others.outcomeOf(commandOn(TOMORROW), today)?.status).toBe('granted');
    expect(others.outcomeOf(commandOn(TODAY), today)).toBeUndefined();
  });

  it('O6: of the ledger that was just left, on either side, without reading it again', () => {
    for (const day of [TODAY, TOMORROW]) live(day, true);
    const opened: LocalDate[] = [];
    const others = createOtherDays(store, (day) => {
      opened.push(day);
      return open(day);
    });
    const [today, tomorrow] = [open(TODAY), open(TOMORROW)];
    others.leave(today);
    expect(others.outcomeOf(commandOn(TODAY), tomorrow)?.status).toBe('granted');
    others.leave(tomorrow);
    expect(others.outcomeOf(commandOn(TOMORROW), today)?.status).toBe('granted');
    expect(opened).toEqual([]);
    others.forget();
    expect(others.outcomeOf(commandOn(TOMORROW), today)?.status).toBe('granted');
    expect(opened).toEqual([TOMORROW]);
  });

  it('O6: a day that is young no more has forgotten the day before', () => {
    live(YESTERDAY, true);
    live(TODAY, true);
    for (let i = 3; i < 501; i += 1) {
      const [written] = store.transact(() =>
        store.append([{ day: TODAY, type: 'v9.New', payload: {} }], { deviceAt: NOW, monoMs: 0 }),
      );
      if (i === 500)
        expect(createOtherDays(store, open).outcomeOf(commandOn(YESTERDAY), open(TODAY))?.status).toBe('granted');
      if (written !== undefined) order(written.event);
    }
    expect(open(TODAY).ordered().info.rows).toBe(501);
    expect(createOtherDays(store, open).outcomeOf(commandOn(YESTERDAY), open(TODAY))).toBeUndefined();
  });
});
