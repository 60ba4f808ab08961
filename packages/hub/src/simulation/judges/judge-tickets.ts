/** X1, X2, N1, N3, X9: a ticket in somebody's hand is in its day's log, once, with a number nobody else has. */

import { BLOCK_SIZE } from '@aufruf/shared/domain/ticket/lanes';
import type { Visit } from '@aufruf/shared/domain/visit/visit';
import type { CommandId, KioskId, VisitId } from '@aufruf/shared/lib/ids';
import { type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import type { HandedTicket, Witness } from '../history.ts';
import type { Disk } from '../machinery/disk.ts';
import { short } from '../people/ask.ts';
import type { Device, World } from '../world.ts';
import { type HubLog, readHubLog } from './hub-log.ts';
import { heldOfOlderDays, isUnheardOf } from './lost-hub.ts';

interface Holder {
  readonly visitId: VisitId;
  /** Undefined for a browser. */
  readonly device: Device | undefined;
  /** That it was given from. */
  readonly disk: Disk | undefined;
  readonly atMs: number;
}

export function judgeTickets(world: World): Witness {
  const holders = new Map<string, Holder>();
  const handed = new Set<VisitId>();
  /** Since when a visit that nobody has a ticket of waits to be called. */
  let ghosts = new Map<VisitId, number>();
  /** Draws wished on a day, by series: no honest hub gives a higher main number than that. */
  const wished = new Map<string, number>();
  const cancelled = new Set<string>();

  function judgeLogged(ticket: HandedTicket, log: HubLog): void {
    const { visitId, number, kiosk } = ticket;
    if (world.history.isExcused(visitId as string as CommandId)) return;
    const what = `ticket ${number} (${short(visitId)}) from ${kiosk}`;
    const found: { day: LocalDate; visit: Visit }[] = [];
    for (const [day, state] of log.days) {
      const visit = state.openVisits.get(visitId) ?? state.closedVisits.get(visitId);
      if (visit !== undefined) found.push({ day, visit });
    }
    const [only] = found;
    if (only === undefined) {
      const isInLog = log
        .record(visitId as string as CommandId)
        ?.decisions.some(({ outcome }) => outcome.type === 'granted');
      if (!isInLog) world.report('X1', `${what} is in nobody's log`);
      return;
    }
    if (found.length > 1) world.report('X1', `${what} is in the logs of ${found.map(({ day }) => day).join(' and ')}`);
    if (only.visit.number?.text !== number)
      world.report('X1', `${what} has the number ${only.visit.number?.text} in the log`);
    if (ticket.officialDay !== null && ticket.officialDay !== only.day && !ticket.isClockOff) {
      world.report('X9', `${what} was given on ${ticket.officialDay} and stands in the log of ${only.day}`);
    }
    const isVoid = only.visit.state === 'cancelled' && only.visit.cancelReason === 'withdrawn';
    const confirmedBy = world.history.confirmedVisits.get(visitId);
    // A kiosk on a new disk knows of what the one before handed over only what has reached the hub by then (N3, limits).
    const giver = holders.get(`${only.day} ${number}`);
    const isOfLostDisk = giver?.device !== undefined && giver.device.disk !== giver.disk;
    // What stood on a lost disk alone, nobody can know of.
    if (isVoid && !isOfLostDisk && confirmedBy !== undefined && !world.history.isExcused(confirmedBy))
      world.report('N3', `${what} is void, and somebody holds it`);
  }

  /** Waits, and nobody ever got its number. Who was called is taken for somebody: then a kiosk's void comes too late. */
  const isGhost = ({ id, origin, state, lastCalledAt }: Visit): boolean =>
    origin.kind === 'kiosk' &&
    state === 'waiting' &&
    lastCalledAt === null &&
    !handed.has(id) &&
    // That it was given up stood on a lost disk alone.
    !world.history.isExcused(id as string as CommandId);

  /** A kiosk that has started has voided what it drew before; as long as it works, nothing of its remains. */
  function lookForGhosts(): void {
    const before = ghosts;
    const now = world.time.now();
    ghosts = new Map();
    for (const visit of world.hub()?.state().openVisits.values() ?? []) {
      const { id, origin, number } = visit;
      if (!isGhost(visit) || origin.kind !== 'kiosk') continue;
      const workingMs = worksSinceMs(origin.kioskId);
      if (workingMs === null) continue;
      const sinceMs = Math.max(before.get(id) ?? now, workingMs);
      ghosts.set(id, sinceMs);
      if (now - sinceMs > VOIDED_MS)
        world.report('N3', `${number?.text} (${short(id)}) has waited for ${now - sinceMs} ms, and nobody ever got it`);
    }
  }

  /** Since when a kiosk could have voided what it drew; null = it cannot. */
  function worksSinceMs(kioskId: KioskId): number | null {
    const device = world.devices.get(kioskId);
    if (device !== undefined) return device.process?.isPaused() ? null : device.orderedSinceMs;
    // What a browser has given up, a hub that comes after another may hear of only later (N3, known gaps).
    return world.hubs.loss() === null ? (world.kiosks.get(kioskId)?.settledSinceMs() ?? null) : null;
  }

  /** Nobody stands behind a ticket that nobody got: it must be void, or it is called in vain. */
  function judgeGhosts(log: HubLog): void {
    for (const [day, state] of log.days) {
      for (const visit of state.openVisits.values()) {
        if (!isGhost(visit)) continue;
        world.report('N3', `${visit.number?.text} of ${day} (${short(visit.id)}) waits, and nobody ever got it`);
      }
    }
  }

  /** Its kiosk's disk is lost, and the hub's after that it was told (N2); or nobody has told the hub yet. */
  function isPastKnowing({ visitId, device, disk, atMs }: Holder, { askedMs }: HandedTicket): boolean {
    if (device !== undefined && device.disk !== disk && (world.hubs.loss()?.atMs ?? 0) > atMs) return true;
    return isUnheardOf(world, visitId as string as CommandId, atMs, askedMs);
  }

  /** Two hubs that cannot hear each other have both opened it: only on the day of the takeover is a block left free (M5, N2). */
  const isOfTwoHubs = (day: LocalDate): boolean =>
    world.hubs.isDisputed() && world.hubs.current().disk.peek().readSetting('succeedsOn') !== day;

  return {
    second: lookForGhosts,
    handed(ticket) {
      handed.add(ticket.visitId);
      // Which of two days it is from shows in the log, at the end (X1).
      if (ticket.day === null) return;
      const key = `${ticket.day} ${ticket.number}`;
      const holder = holders.get(key);
      const kiosk = world.devices.get(ticket.kiosk);
      // A disk that was set back cannot know what it has given, until somebody says that it is one.
      const isInnocent = kiosk?.isTampered === true && !kiosk.hasHeardOfTampering;
      const isGivenAgain = holder !== undefined && holder.visitId !== ticket.visitId && !isInnocent;
      if (isGivenAgain && !isPastKnowing(holder, ticket) && !isOfTwoHubs(ticket.day))
        world.report('X2', `${key} was handed out twice`);
      holders.set(key, { visitId: ticket.visitId, device: kiosk, disk: kiosk?.disk, atMs: ticket.atMs });
      const value = Number(ticket.number.slice(1));
      if (ticket.mode === 'ORDERED' && value <= world.plan.mainNumbers) {
        const draws = [...wished].reduce((sum, [day, count]) => (day === ticket.day ? sum + count : sum), 0);
        const leftFree = (world.hubs.loss()?.count ?? 0) * (BLOCK_SIZE + MARGIN);
        if (value > draws + MARGIN + leftFree)
          world.report('N1', `${ticket.number} was given when ${draws} had been wished on ${ticket.day}`);
      }
    },
    answered({ command, answer, officialDay }) {
      if (command.name === 'cancelVisit' && answer.ok) cancelled.add(command.input.visitId);
      if (command.name !== 'issueTicket' && command.name !== 'walkDirect') return;
      const day = officialDay ?? world.officialDay();
      wished.set(day, (wished.get(day) ?? 0) + 1);
    },
    ended() {
      const log = readHubLog(world.hubs.current().disk.peek());
      const isOnOlderDay = heldOfOlderDays(world);
      for (const ticket of world.history.tickets)
        if (!isOnOlderDay([ticket.visitId as string as CommandId])) judgeLogged(ticket, log);
      judgeGhosts(log);
    },
  };
}

/** Draws whose answer nobody lived to hear. */
const MARGIN = 40;
/** A kiosk looks for what nobody got as soon as it is served; its visitor has asked three times by then. */
const VOIDED_MS = 15 * SECOND_MS;
