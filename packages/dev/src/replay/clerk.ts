/**
 * A clerk at one counter for a day: opens it, calls whoever is next, waits until the citizen has seen the number on the
 * board and come, serves, finishes; notes it when nobody comes; takes the breaks of the plan; goes home when all are
 * served. Whether a citizen comes and how long the service takes follows from the seed and the ticket's number.
 */
import type { CommandId, CounterId, SessionId, VisitId } from '@aufruf/shared/lib/ids';
import { toLocalTime } from '@aufruf/shared/lib/local-time';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '@aufruf/shared/lib/time';
import { type PlannedClerk, REPLAY_TIME_ZONE, type ReplayPlan } from './replay-plan.ts';
import { type Chance, chanceFor, lognormal, SERVICE_VARIATION } from './seeded.ts';
import { mustOrder, order, pause, type Station, until } from './station.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** Of all tickets, so many are held by somebody who left, and so many by somebody who comes to the second call only. */
const SHARE_LEFT = 0.012;
const SHARE_LATE = 0.02;
const WAY_MIN_MS = 15 * SECOND_MS;
const WAY_MAX_MS = 60 * SECOND_MS;
/** Where services are quick, counters are near: the way takes at most this part of the whole. */
const WAY_MAX_SHARE = 0.25;
/** How long a clerk waits for somebody who does not come, before calling again or giving up. */
const PATIENCE_MS = 60 * SECOND_MS;
const SHARE_OF_RECALLS = 0.5;
const SHORTEST_SERVICE_MS = 20 * SECOND_MS;
/** A clerk makes up for at most so much time that the machinery took. */
const MOST_CAUGHT_UP_MS = 5 * MINUTE_MS;
/** A board that does not show a call within so many real ms never will. */
const BOARD_TIMEOUT_MS = 5_000;
/** Late in the evening the last ones are served quickly: the business day must end before midnight. */
const LATE = '22:00';
const LATE_HASTE = 0.1;
/** After the doors are closed work goes faster: of those who still waited, some had left in the real office. */
const CLOSING_HASTE = 0.5;

interface Called {
  readonly callId: CommandId;
  readonly visitId: VisitId;
  readonly number: string;
}

type Behaviour = 'comes' | 'comesLate' | 'left';

function behaviourOf(chance: Chance): Behaviour {
  const unit = chance.unit();
  return unit < SHARE_LEFT ? 'left' : unit < SHARE_LEFT + SHARE_LATE ? 'comesLate' : 'comes';
}

export async function workAtCounter(
  station: Station,
  room: WaitingRoom,
  plan: ReplayPlan,
  clerk: PlannedClerk,
): Promise<void> {
  const { tell, clock, host, platform } = station;
  const counterId = clerk.counterId as CounterId;
  const counter = plan.config.counters.find((each) => each.id === counterId);
  if (counter === undefined) throw new Error(`no counter ${counterId} in the plan`);
  const services = counter.primaryServiceIds;
  /** When the visit before should have been over; what the machinery took on top must not add up over a day. */
  let freeSince: EpochMs = 0;

  async function awaitCitizen(call: Called, chance: Chance, comes: boolean, spanMs: number): Promise<boolean> {
    const { visitId, callId } = call;
    await room.seen(callId, 1, BOARD_TIMEOUT_MS);
    const wayMs = Math.min(WAY_MIN_MS + chance.unit() * (WAY_MAX_MS - WAY_MIN_MS), spanMs * WAY_MAX_SHARE);
    await until(station, clock.now() + (comes ? wayMs : PATIENCE_MS));
    if (comes) return true;
    if (chance.unit() < SHARE_OF_RECALLS) {
      await mustOrder(station, 'recall', { counterId });
      tell({ kind: 'recalled', visitId, callId, announcement: 2, at: clock.now() });
      await room.seen(callId, 2, BOARD_TIMEOUT_MS);
      await until(station, clock.now() + PATIENCE_MS);
    }
    return false;
  }

  function serviceMs(chance: Chance, visitId: VisitId): number {
    const serviceId = host.state().openVisits.get(visitId)?.parts[0]?.serviceId ?? '';
    const mean = plan.serviceMs[serviceId] ?? 5 * MINUTE_MS;
    const spanMs = Math.min(4 * mean, lognormal(chance, mean, SERVICE_VARIATION));
    const late = toLocalTime(clock.now(), REPLAY_TIME_ZONE) >= LATE;
    return spanMs * (late ? LATE_HASTE : room.doorsAreClosed() ? CLOSING_HASTE : 1);
  }

  async function serve(call: Called): Promise<void> {
    const { callId, visitId, number } = call;
    const calledAt = clock.now();
    tell({ kind: 'called', visitId, number, callId, counterLabel: counter?.label ?? '', at: calledAt });
    const visit = host.state().openVisits.get(visitId);
    const earlierCalls = visit?.unansweredCalls ?? 1;
    const behaviour = behaviourOf(chanceFor(plan.seed, `behaviour ${number}`));
    const comes = behaviour === 'comes' || (behaviour === 'comesLate' && earlierCalls > 1);
    const chance = chanceFor(plan.seed, `call ${number} ${earlierCalls}`);

    const spanMs = serviceMs(chance, visitId);
    if (!(await awaitCitizen(call, chance, comes, spanMs))) {
      await mustOrder(station, 'markNoShow', { counterId });
      const missed = host.state().openVisits.get(visitId)?.state === 'missed';
      tell({ kind: 'noShow', visitId, callId, missed, at: clock.now() });
      return;
    }
    await mustOrder(station, 'markArrived', { counterId });
    tell({ kind: 'arrived', visitId, callId, at: clock.now() });
    // Whoever waited already could have been called the moment the clerk was free.
    const waitedSince = visit?.queuedAt ?? calledAt;
    const couldStartAt = waitedSince <= freeSince ? Math.max(freeSince, calledAt - MOST_CAUGHT_UP_MS) : calledAt;
    freeSince = couldStartAt + spanMs;
    await until(station, Math.max(freeSince, clock.now() + SHORTEST_SERVICE_MS));
    await mustOrder(station, 'finish', { counterId, outcome: 'done', deliveredServiceIds: [] });
    tell({ kind: 'finished', visitId, callId, at: clock.now() });
  }

  async function takeBreak(to: EpochMs): Promise<void> {
    await mustOrder(station, 'beginBreak', { counterId, reason: 'pause' });
    while (clock.now() < to && !room.doorsAreClosed())
      await Promise.race([until(station, to), room.change(), pause(platform, 500)]);
    await mustOrder(station, 'endBreak', { counterId });
  }

  await until(station, plan.clerksAt);
  const sessionId = `session-${plan.seed}-${counterId}-of-a-clerk` as SessionId;
  await mustOrder(station, 'openCounter', { counterId, sessionId, takeOver: false });
  while (!room.isOver()) {
    const now = clock.now();
    const absence = clerk.absences.find((span) => span.from <= now && now < span.to);
    if (absence !== undefined && !room.doorsAreClosed()) {
      await takeBreak(absence.to);
      continue;
    }
    if (!room.canCall(services)) {
      await room.change();
      continue;
    }
    const { commandId, result } = await order(station, 'callNext', { counterId }, (callId) =>
      tell({ kind: 'gaveUp', callId, at: clock.now() }),
    );
    if (!result.ok && result.refusal.type !== 'nobodyWaiting')
      throw new Error(`callNext was refused: ${result.refusal.type} at ${counterId}`);
    const visitId = result.ok ? result.value.visitId : null;
    const number = result.ok ? result.value.number : null;
    if (visitId !== null && number !== null) await serve({ callId: commandId, visitId, number });
    else await room.change();
  }
  await mustOrder(station, 'closeCounter', { counterId });
}
