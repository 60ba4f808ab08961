/** Finds what a clerk typed among the visits of the counter: `a12`, `A 012` and `A012` are the same number. */
import type { CounterQueue, QueueEntry } from '@aufruf/shared/domain/views/view-schemas';

export type Found =
  | { readonly kind: 'one'; readonly entry: QueueEntry }
  | { readonly kind: 'many'; readonly numbers: readonly string[] }
  | { readonly kind: 'none' };

const NUMBER = /^([A-Z]?)0*(\d+)$/;

/** Without a letter, digits are enough as long as they fit one visit only. */
export function findByNumber(queue: CounterQueue, typed: string): Found {
  const wanted = NUMBER.exec(typed.toUpperCase().replaceAll(/\s/g, ''));
  if (wanted === null) return { kind: 'none' };
  const [, letter, digits] = wanted;
  const fitting = [...queue.waiting, ...queue.missed, ...queue.parked].filter(({ number }) => {
    const own = NUMBER.exec(number ?? '');
    return own !== null && own[2] === digits && (letter === '' || own[1] === letter);
  });
  const [entry] = fitting;
  if (entry === undefined) return { kind: 'none' };
  return fitting.length === 1
    ? { kind: 'one', entry }
    : { kind: 'many', numbers: fitting.map(({ number }) => number ?? '') };
}
