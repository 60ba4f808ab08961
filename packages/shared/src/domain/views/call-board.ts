/**
 * The waiting room's board, derived from state alone: `calls` are all visits in `called` whose service belongs to one
 * of the display's areas. Nothing is remembered between two boards, so that no call can be lost, doubled or outlived;
 * a display that was away sees what holds now and nothing else.
 *
 * The area is the service's and not the counter's: a citizen waits where the service is, also when a counter of the
 * other area calls.
 */
import type { DisplayId } from '../../lib/ids.ts';
import { toLocalDate } from '../../lib/local-time.ts';
import type { EpochMs } from '../../lib/time.ts';
import { likelyNext } from '../calling-order/likely-next.ts';
import type { DayState } from '../day/day-state.ts';
import { isOpenAt } from '../location-config/opening-hours.ts';
import type { Visit } from '../visit/visit.ts';
import { type ConfigIndex, counterLabel, indexConfig, openService } from './config-index.ts';
import type { BoardCall, CallBoard } from './view-schemas.ts';

/** Most numbers in service on a board; more would be too small to read. */
export const MAX_EARLIER = 8;
/** Most numbers announced as likely next. */
export const MAX_NEXT = 6;

/** Null if the day has no configuration or the configuration has no such display. */
export function callBoard(state: DayState, displayId: DisplayId, now: EpochMs): CallBoard | null {
  const { config, day, status } = state.info;
  const display = config?.displays.find(({ id }) => id === displayId);
  if (config === null || display === undefined) return null;

  const index = indexConfig(config);
  const visits: Visit[] = [];
  for (const visit of state.openVisits.values()) {
    const areaId = openService(index, visit)?.areaId;
    if (areaId !== undefined && display.areaIds.includes(areaId)) visits.push(visit);
  }
  const waiting = visits.filter((visit) => visit.state === 'waiting');
  const staffed = config.counters.filter(({ id }) => state.counters.get(id)?.presence === 'open');

  return {
    displayId,
    locationName: config.name,
    areaNames: config.areas.filter((area) => display.areaIds.includes(area.id)).map((area) => area.name),
    languages: config.languages,
    counterWord: config.counterWord,
    timeZone: config.timeZone,
    open:
      status === 'open' &&
      toLocalDate(now, config.timeZone) === day &&
      isOpenAt(config.openingHours, config.timeZone, now),
    calls: callsOf(visits, index),
    earlier: inServiceOf(visits, index),
    next: likelyNext(now, waiting, staffed, config.callingPolicy, MAX_NEXT).flatMap(({ number }) => number?.text ?? []),
    waiting: waiting.length,
  };
}

/** Newest announcement first: a recall moves a number to the top again. */
function callsOf(visits: readonly Visit[], index: ConfigIndex): BoardCall[] {
  const calls: BoardCall[] = [];
  for (const visit of visits) {
    const service = openService(index, visit);
    if (visit.state !== 'called' || visit.call === null || visit.number === null || service === undefined) continue;
    const { callId, counterId, calledAt, announcement, announcedAt } = visit.call;
    calls.push({
      visitId: visit.id,
      callId,
      number: visit.number.text,
      counterLabel: counterLabel(index, counterId),
      areaId: service.areaId,
      calledAt,
      announcement,
      announcedAt,
      language: visit.language,
    });
  }
  return calls.sort((a, b) => b.announcedAt - a.announcedAt || byCodePoint(a.visitId, b.visitId));
}

function inServiceOf(visits: readonly Visit[], index: ConfigIndex): CallBoard['earlier'] {
  return visits
    .filter((visit) => visit.state === 'serving')
    .sort((a, b) => (b.lastCalledAt ?? 0) - (a.lastCalledAt ?? 0) || byCodePoint(a.id, b.id))
    .flatMap(({ number, counterId }) =>
      number === null || counterId === null
        ? []
        : [{ number: number.text, counterLabel: counterLabel(index, counterId) }],
    )
    .slice(0, MAX_EARLIER);
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
