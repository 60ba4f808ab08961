/**
 * What is announced, and when: derived from the board's state, never from messages, so that no call is lost, doubled
 * or outlived (PRODUCT, "Display"). Pure; `use-announcements.ts` plays what it says.
 *
 * - A display that starts announces nothing it finds, nor what it hears of later and was called before: those calls were
 *   announced before, perhaps by itself.
 * - Every announcement value (call, recall) of a visit is played once, one after the other, never two at a time.
 * - What has been withdrawn, answered or grown stale while waiting for its turn is not played any more.
 * - After a gap in the connection only fresh calls are announced; older ones are shown, silently.
 */

import { type EpochMs, SECOND_MS } from '../../lib/time.ts';
import type { BoardCall } from '../views/view-schemas.ts';

/** A call announced longer ago than this when first seen is shown without sound. */
export const FRESH_MS = 30 * SECOND_MS;

/** Calls remembered after they left the board, so that an undone "arrived" does not announce again. */
export const MAX_REMEMBERED_CALLS = 500;

export interface AnnouncerState {
  /** Highest announcement value already taken up, by call; null until the first board came. */
  readonly takenUp: ReadonlyMap<string, number> | null;
  /** When the first board came, by the host's clock. */
  readonly startedAt: EpochMs | null;
  readonly queue: readonly BoardCall[];
  readonly playing: BoardCall | null;
}

export const INITIAL_ANNOUNCER: AnnouncerState = { takenUp: null, startedAt: null, queue: [], playing: null };

const callKey = (call: BoardCall): string => `${call.visitId}/${call.callId}`;

/** The board changed. `now` is the host's clock. */
export function boardChanged(state: AnnouncerState, calls: readonly BoardCall[], now: EpochMs): AnnouncerState {
  const takenUp = remember(state.takenUp, calls);
  if (state.takenUp === null) return { ...state, takenUp, startedAt: now };

  const { takenUp: before, startedAt } = state;
  // A clock that stands before the start was set back, and says nothing of what came first.
  const isOld = ({ announcedAt }: BoardCall): boolean =>
    now - announcedAt > FRESH_MS || (startedAt !== null && startedAt <= now && announcedAt < startedAt);
  const current = new Map(calls.map((call) => [callKey(call), call]));
  const stillCalled = state.queue.filter((queued) => current.has(callKey(queued)));
  const fresh = calls
    .filter((call) => call.announcement > (before.get(callKey(call)) ?? 0) && !isOld(call))
    .sort((a, b) => a.announcedAt - b.announcedAt || (a.number < b.number ? -1 : 1));
  return startNext({ ...state, takenUp, queue: [...stillCalled, ...fresh] });
}

/** The announcement being played has ended (or its time ran out). */
export const playbackEnded = (state: AnnouncerState): AnnouncerState => startNext({ ...state, playing: null });

/** Newest last; what has not stood on the board for longest is forgotten first. */
function remember(before: AnnouncerState['takenUp'], calls: readonly BoardCall[]): ReadonlyMap<string, number> {
  const takenUp = new Map(before ?? []);
  for (const call of calls) {
    const key = callKey(call);
    const highest = Math.max(call.announcement, takenUp.get(key) ?? 0);
    takenUp.delete(key);
    takenUp.set(key, highest);
  }
  return new Map([...takenUp].slice(-Math.max(MAX_REMEMBERED_CALLS, calls.length)));
}

function startNext(state: AnnouncerState): AnnouncerState {
  const [first, ...rest] = state.queue;
  if (state.playing !== null || first === undefined) return state;
  return { ...state, playing: first, queue: rest };
}
