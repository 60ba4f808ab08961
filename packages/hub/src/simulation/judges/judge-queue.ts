/** X7: whoever came first is called first, as far as nothing but the time of coming tells two visitors apart. */
import type { Visit } from '@aufruf/shared/domain/visit/visit';
import type { VisitId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { HandedTicket, Witness } from '../history.ts';
import type { World } from '../world.ts';

/** Two draws this close together have no first one. */
const TOGETHER_MS = 5 * SECOND_MS;

export function judgeQueue(world: World): Witness {
  const tickets = new Map<VisitId, HandedTicket>();
  /** Visitors who were called before, or moved by a clerk: their place is another matter. */
  const moved = new Set<VisitId>();

  const isPlain = (visit: Visit | undefined): boolean =>
    visit?.state === 'waiting' && visit.priority === 0 && visit.lastCalledAt === null && visit.periods.length <= 2;

  /** Who came clearly before the one that was called, waits for the same and has not been touched by a clerk. */
  function* overtaken(ticket: HandedTicket, askedMs: number): Iterable<HandedTicket> {
    const state = world.hub()?.state();
    const before = Math.min(ticket.askedMs, askedMs) - TOGETHER_MS;
    for (const other of tickets.values()) {
      if (other.serviceId !== ticket.serviceId || other.day !== ticket.day || other.mode !== 'ORDERED') continue;
      if (moved.has(other.visitId) || other.atMs > before) continue;
      if (isPlain(state?.openVisits.get(other.visitId))) yield other;
    }
  }

  return {
    handed(ticket) {
      if (ticket.day !== null) tickets.set(ticket.visitId, ticket);
    },
    answered({ command, answer, mode, askedMs }) {
      const { visitId: about } = command.input as { visitId?: VisitId };
      if (about !== undefined && command.name !== 'confirmHandOver') moved.add(about);
      if (command.name !== 'callNext' || !answer.ok || answer.value.visitId === null) return;
      const called = answer.value.visitId;
      const ticket = tickets.get(called);
      const wasMoved = moved.has(called);
      moved.add(called);
      if (ticket === undefined || ticket.mode !== 'ORDERED' || mode !== 'ORDERED' || wasMoved) return;
      for (const { number } of overtaken(ticket, askedMs)) {
        world.report('X7', `${ticket.number} was called while ${number}, who came before, waits for the same`);
      }
    },
  };
}
