/**
 * A clerk at a counter, who acts on what the screen shows: opens the counter, calls, waits for the visitor, serves, and
 * now and then parks, transfers, recalls, takes a break or undoes. What is refused is seen on the screen soon after.
 */
import type { CommandName } from '@aufruf/shared/domain/commands';
import type { DayState } from '@aufruf/shared/domain/day/day-state';
import type { Visit } from '@aufruf/shared/domain/visit/visit';
import type { CounterId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { World } from '../world.ts';
import { ask, makeCommand, type Station } from './ask.ts';

const THINK_MIN_MS = 700;
const THINK_MAX_MS = 2_500;
/** The way from the waiting room, squeezed like the day. */
const WAY_MS = 5 * SECOND_MS;

export function startClerk(world: World, station: Station, serviceMs: number): void {
  const { chance, process } = station;
  const { platform } = process;
  const counterId = station.id as CounterId;
  const sessionId = `session-${platform.newCommandId()}`;
  let isWaiting = false;
  /** The visit at the counter, and when it came into its present state as the clerk saw it. */
  let seen = { key: '', sinceMs: 0, spanMs: 0 };

  function send(name: CommandName, input: object): void {
    isWaiting = true;
    ask(world, station, makeCommand(name, input, platform.newCommandId()), () => {
      isWaiting = false;
    });
  }

  function think(): void {
    platform.schedule(chance.between(THINK_MIN_MS, THINK_MAX_MS), think);
    const host = station.host();
    if (isWaiting || host === null || !world.areClerksAtWork()) return;
    const state = host.state();
    if (state.info.status === 'open') act(state);
  }

  function act(state: DayState): void {
    const counter = state.counters.get(counterId);
    const visit = counter?.visitId ? state.openVisits.get(counter.visitId) : undefined;
    if (counter === undefined || counter.presence === 'closed' || counter.sessionId !== sessionId) {
      send('openCounter', { counterId, sessionId, takeOver: true });
    } else if (counter.presence === 'break') {
      if (chance.happens(0.2)) send('endBreak', { counterId });
    } else if (visit === undefined) whenFree(state);
    else if (hasTakenItsTime(visit)) {
      if (visit.state === 'called') whenCalled();
      else whenServing(visit);
    }
  }

  /** The way, or the service, takes a while from when the clerk first sees it. */
  function hasTakenItsTime(visit: Visit): boolean {
    const key = `${visit.id}/${visit.state}`;
    if (seen.key !== key) {
      const spanMs = visit.state === 'called' ? WAY_MS * (0.5 + chance.fraction()) : chance.exponential(serviceMs);
      seen = { key, sinceMs: world.time.now(), spanMs };
    }
    return world.time.now() - seen.sinceMs >= seen.spanMs;
  }

  function whenFree(state: DayState): void {
    const roll = chance.fraction();
    const open = [...state.openVisits.values()];
    const apart = open.filter((visit) => visit.state === 'parked' || visit.state === 'missed');
    const waiting = open.filter((visit) => visit.state === 'waiting' || visit.state === 'missed');
    if (roll < 0.02) send('beginBreak', { counterId, reason: 'pause' });
    else if (roll < 0.04) send('undo', { counterId });
    else if (roll < 0.06) send('closeCounter', { counterId });
    else if (roll < 0.08) send('walkDirect', { counterId, serviceIds: ['id-card'], language: 'de', partySize: 1 });
    else if (roll < 0.25 && apart.length > 0) fetchBack(chance.pick(apart));
    else if (roll < 0.32 && waiting.length > 0) send('callSpecific', { counterId, visitId: chance.pick(waiting).id });
    else if (waiting.length > 0) send('callNext', { counterId });
  }

  function fetchBack({ id: visitId, state }: Visit): void {
    if (state === 'parked' && chance.happens(0.7)) send('resume', { counterId, visitId });
    else send('requeue', { counterId, visitId, place: chance.happens(0.5) ? 'same' : 'end' });
  }

  function whenCalled(): void {
    const roll = chance.fraction();
    if (roll >= 0.85) seen = { ...seen, sinceMs: world.time.now() };
    if (roll < 0.85) send('markArrived', { counterId });
    else send(roll < 0.94 ? 'recall' : 'markNoShow', { counterId });
  }

  function whenServing({ id: visitId }: Visit): void {
    const roll = chance.fraction();
    if (roll < 0.8) send('finish', { counterId, outcome: 'done', deliveredServiceIds: [] });
    else if (roll < 0.85) send('park', { counterId, reason: 'fillsForm' });
    else if (roll < 0.9) send('transfer', { counterId, serviceId: 'pickup', reservedFor: null });
    else if (roll < 0.93) send('addFollowUp', { counterId, serviceId: 'pickup' });
    else if (roll < 0.95) send('changePriority', { counterId, visitId, priority: 1, reason: 'disability' });
    else if (roll < 0.97) send('requeue', { counterId, visitId, place: 'same' });
    else send('cancelVisit', { counterId, visitId, reason: 'left' });
  }

  platform.schedule(chance.between(THINK_MIN_MS, THINK_MAX_MS), think);
}
