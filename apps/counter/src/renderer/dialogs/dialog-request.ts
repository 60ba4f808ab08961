import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';

/** The questions of the work screen, one at a time. */
export type DialogRequest =
  | { readonly kind: 'finish' | 'park' | 'transfer' | 'followUp' | 'number' | 'walkDirect' | 'break' | 'help' }
  | { readonly kind: 'services' | 'party' | 'priority' | 'row' | 'cancel'; readonly entry: QueueEntry };

/** Whether a question makes sense only while somebody is being served. */
export const needsService = ({ kind }: DialogRequest): boolean =>
  kind === 'finish' || kind === 'park' || kind === 'transfer' || kind === 'followUp';
