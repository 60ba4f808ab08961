/** What a clerk is doing, as far as it decides which steps are possible. */
import type { CounterDesk } from '@aufruf/shared/domain/views/view-schemas';

export type DeskMode = 'idle' | 'called' | 'serving' | 'break';

export function deskMode(desk: CounterDesk): DeskMode {
  if (desk.visit?.state === 'called') return 'called';
  if (desk.visit?.state === 'serving') return 'serving';
  return desk.presence === 'break' ? 'break' : 'idle';
}
