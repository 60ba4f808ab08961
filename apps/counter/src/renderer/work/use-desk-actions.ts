/** The steps of a clerk, as the buttons and keys of the work screen take them. Each answers whether it was carried out. */
import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import type { CancelReason, ParkReason } from '@aufruf/shared/domain/visit/visit';
import type { CounterId } from '@aufruf/shared/lib/ids';
import { useMemo } from 'react';
import { useClerk } from '../clerk/clerk-context.tsx';
import type { Clerk } from '../clerk/clerk-store.ts';

export interface DeskActions {
  callNext(): Promise<boolean>;
  /** Calls a certain visit; one that is parked goes on at once. */
  call(entry: QueueEntry): Promise<boolean>;
  recall(): Promise<boolean>;
  arrived(): Promise<boolean>;
  noShow(): Promise<boolean>;
  requeue(entry: QueueEntry, place: 'same' | 'end'): Promise<boolean>;
  park(reason: ParkReason): Promise<boolean>;
  cancel(entry: QueueEntry, reason: CancelReason): Promise<boolean>;
  undo(): Promise<boolean>;
  endBreak(): Promise<boolean>;
  signOut(): Promise<boolean>;
  /** Everything done, all services delivered: for the bar, which has no room for questions. */
  finishAsDone(entry: QueueEntry): Promise<boolean>;
}

export function useDeskActions(counterId: CounterId): DeskActions {
  const clerk = useClerk();
  return useMemo(() => deskActions(clerk, counterId), [clerk, counterId]);
}

function deskActions(clerk: Clerk, counterId: CounterId): DeskActions {
  return {
    callNext: () => clerk.send('callNext', { counterId }),
    call: ({ visitId, state }) =>
      state === 'parked'
        ? clerk.send('resume', { counterId, visitId })
        : clerk.send('callSpecific', { counterId, visitId }),
    recall: () => clerk.send('recall', { counterId }),
    arrived: () => clerk.send('markArrived', { counterId }),
    noShow: () => clerk.send('markNoShow', { counterId }),
    requeue: ({ visitId }, place) => clerk.send('requeue', { counterId, visitId, place }),
    park: (reason) => clerk.send('park', { counterId, reason }),
    cancel: ({ visitId }, reason) => clerk.send('cancelVisit', { counterId, visitId, reason }),
    undo: () => clerk.send('undo', { counterId }),
    endBreak: () => clerk.send('endBreak', { counterId }),
    signOut: () => clerk.send('closeCounter', { counterId }),
    finishAsDone: ({ serviceIds }) =>
      clerk.send('finish', { counterId, outcome: 'done', deliveredServiceIds: serviceIds }),
  };
}
