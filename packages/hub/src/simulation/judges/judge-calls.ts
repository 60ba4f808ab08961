/**
 * X3: in ORDERED at most one counter holds a visitor, by what the clerks see. M3: counters that were cut off while they
 * knew the same do not call the same visitor by "next".
 */
import type { VisitId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { Witness } from '../history.ts';
import { short } from '../people/ask.ts';
import type { World } from '../world.ts';

/** Two screens may disagree for so long: until what one of them did has reached the other. */
const PATIENCE_MS = 8 * SECOND_MS;

const OF_KIOSKS: readonly string[] = ['issueTicket', 'confirmHandOver'];

export function judgeCalls(world: World): Witness {
  /** Since when two counters have seen themselves with the same visitor, by both and the visitor. */
  /** Who called a visitor alone, by visitor and the last row the caller knew. */
  const calledAlone = new Map<string, string>();
  /** Visitors whom clerks did something with: whose they are is another matter then. */
  const touched = new Set<VisitId>();
  const doubles = new Map<string, number>();

  function second(): void {
    const now = world.time.now();
    const holders = new Map<VisitId, string>();
    const current = new Set<string>();
    for (const id of world.office.counterIds) {
      const device = world.devices.get(id);
      if (!device?.engine || device.orderedSinceMs === null || device.process?.isPaused()) continue;
      const visitId = device.engine.state().counters.get(id as never)?.visitId ?? null;
      if (visitId === null) continue;
      const other = holders.get(visitId);
      holders.set(visitId, id);
      if (other === undefined) continue;
      const key = `${other} ${id} ${visitId}`;
      current.add(key);
      const sinceMs = doubles.get(key) ?? now;
      doubles.set(key, sinceMs);
      if (now - sinceMs > PATIENCE_MS && !world.hubs.isDisputed())
        world.report('X3', `${other} and ${id} both have visitor ${short(visitId)}`);
    }
    for (const key of doubles.keys()) if (!current.has(key)) doubles.delete(key);
  }

  return {
    second,
    answered({ command, answer, mode, station }) {
      if (!answer.ok || answer.value.visitId === null) return;
      if (command.name !== 'callNext') {
        if (!OF_KIOSKS.includes(command.name)) touched.add(answer.value.visitId);
        return;
      }
      if (mode !== 'ALONE' || touched.has(answer.value.visitId)) return;
      const rows = world.devices.get(station)?.engine?.rows() ?? 0;
      const key = `${answer.value.visitId} ${rows}`;
      const other = calledAlone.get(key);
      if (other !== undefined && other !== station) {
        world.report('M3', `${other} and ${station}, alone and after the same row, both call ${answer.value.number}`);
      }
      calledAlone.set(key, station);
    },
  };
}
