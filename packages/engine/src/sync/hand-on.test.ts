/** What a device hands on of journals of which its copy has a gap (J6, X4). */
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { JournalEvent } from '@aufruf/shared/sync/event';
import { describe, expect, it } from 'vitest';
import { eventsToHandOn } from './hand-on.ts';

const [YESTERDAY, TODAY] = ['2026-11-24', '2026-11-25'] as readonly string[] as readonly [LocalDate, LocalDate];
const event = (device: string, seq: number, day: LocalDate) =>
  ({ device, incarnation: 'i', seq, day }) as unknown as JournalEvent;

/** A copy without the end of yesterday: its device began today alone. */
function copyOf(device: string) {
  const held = [event(device, 1, YESTERDAY), event(device, 4, TODAY), event(device, 5, TODAY)];
  return {
    device: 'kiosk-1' as DeviceId,
    incarnation: 'k' as Incarnation,
    versionVector: () => ({ [`${device}/i`]: 5 }),
    days: () => [YESTERDAY, TODAY],
    entriesAfter: (day: LocalDate, n: number) =>
      held
        .filter((one) => one.day === day)
        .slice(n)
        .map((one) => ({ row: {} as never, event: one })),
    unordered: () => [],
  };
}

describe('eventsToHandOn', () => {
  it('J6, X4: of a lost hub’s journal that the other side lacks altogether the newest part: what today rests on', () => {
    expect(eventsToHandOn(copyOf('hub'), {})).toEqual(['hub/i/4', 'hub/i/5']);
  });

  it('J6: of a journal that the other side holds in part, only what continues it', () => {
    expect(eventsToHandOn(copyOf('hub'), { 'hub/i': 3 })).toEqual(['hub/i/4', 'hub/i/5']);
    expect(eventsToHandOn(copyOf('hub'), { 'hub/i': 2 })).toEqual([]);
  });

  it('J6: of a device’s journal what comes before the gap: that device has the rest', () => {
    expect(eventsToHandOn(copyOf('counter-1'), {})).toEqual(['counter-1/i/1']);
  });
});
