/** Notes what stands on a display's board: each announcement when it appears, each call when it goes. */
import type { CallBoard } from '@aufruf/shared/domain/views/view-schemas';
import type { EpochMs } from '@aufruf/shared/lib/time';
import type { ReplayRecord } from './records.ts';

/** Returns what to call with every new board. */
export function createBoardWatch(
  tell: (record: ReplayRecord) => void,
  now: () => EpochMs,
): (board: CallBoard | null) => void {
  /** Announcement on show by call. */
  let onShow = new Map<string, number>();
  return (board) => {
    const calls = board?.calls ?? [];
    const at = now();
    for (const { callId, number, counterLabel, announcement } of calls)
      if (onShow.get(callId) !== announcement) tell({ kind: 'shown', callId, number, counterLabel, announcement, at });
    const next = new Map(calls.map((call): [string, number] => [call.callId, call.announcement]));
    for (const callId of onShow.keys()) if (!next.has(callId)) tell({ kind: 'withdrawn', callId, at });
    onShow = next;
  };
}
