/**
 * What the hub's log says of itself: rows stand in it in the order of the hub's time (T1), nothing that belongs to a day
 * gone by is left out of that day's log (D2), and whoever gives numbers from a block of its lane begins with the first (N2).
 */
import type { EventStore } from '@aufruf/engine/store/event-store';
import type { UsedSpan } from '@aufruf/shared/domain/day/day-state';
import { lanesOf } from '@aufruf/shared/domain/ticket/lanes';
import type { TicketNumber } from '@aufruf/shared/domain/visit/visit';
import { type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import { eventKey, type JournalEvent } from '@aufruf/shared/sync/event';
import type { Witness } from '../history.ts';
import { HUB, type World } from '../world.ts';
import { type Decision, entriesOf } from './hub-log.ts';

/** The hub's clock is set now and then, by a little. */
const SET_BACK_MS = 5 * SECOND_MS;

export function judgeLog(world: World): Witness {
  const { config } = world.office;
  const lanes = new Map(config.series.map((series) => [series.id, [...lanesOf(config, series).values()].flat()]));

  function judgeTimes(store: EventStore, day: LocalDate): void {
    let latest = 0;
    for (const { row } of entriesOf(store, day)) {
      const { n, receivedAt, effectiveAt } = row;
      if (receivedAt < latest - SET_BACK_MS)
        world.report('T1', `row ${n} of ${day} came ${latest - receivedAt} ms before a row that stands before it`);
      if (effectiveAt > receivedAt)
        world.report('T1', `row ${n} of ${day} counts from ${effectiveAt - receivedAt} ms after it came`);
      latest = Math.max(latest, receivedAt);
    }
  }

  function judgeLate(store: EventStore, day: LocalDate): void {
    if (day >= (store.readSetting('currentDay') ?? '')) return;
    for (const { event } of store.unordered(day))
      world.report('D2', `${event.type} ${eventKey(event)} is held and stands in no order, ${day} is over`);
  }

  /** Numbers begin again each day, and so do blocks: of one disk's block the numbers before the last were given too. */
  function judgeLanes(store: EventStore, day: LocalDate): void {
    const blocks = new Map<UsedSpan, { readonly device: string; readonly values: Set<number> }>();
    for (const { event } of entriesOf(store, day)) {
      if (event.device === HUB || !hasKeptItsDisk(event.device)) continue;
      for (const { seriesId, value } of numbersIn(event)) {
        const lane = lanes.get(seriesId)?.find(({ first, last }) => first <= value && value <= last);
        if (lane === undefined) continue;
        const block = blocks.get(lane) ?? { device: event.device, values: new Set() };
        blocks.set(lane, block);
        block.values.add(value);
      }
    }
    for (const [{ first }, { device, values }] of blocks) {
      const missing = Math.max(...values) - first + 1 - values.size;
      if (missing > 0) world.report('N2', `${device} left out ${missing} numbers of its block from ${first} on ${day}`);
    }
  }

  /** What a lost disk gave unheard is nobody's to know. */
  function hasKeptItsDisk(device: string): boolean {
    const known = world.devices.get(device);
    return known?.setBackMs === null && !known.isTampered;
  }

  return {
    ended() {
      const store = world.hubs.current().disk.peek();
      for (const day of store.days()) {
        judgeTimes(store, day);
        judgeLate(store, day);
        judgeLanes(store, day);
      }
    },
  };
}

function numbersIn({ type, payload }: JournalEvent): readonly TicketNumber[] {
  if (type !== 'v1.ClaimDecided') return [];
  const outcome = payload.outcome as Decision;
  const facts = outcome.type === 'granted' ? outcome.facts : [];
  return facts.flatMap((fact) => (fact.type === 'v1.TicketIssued' ? [fact.payload.number] : []));
}
