import type { CounterQueue, QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { describe, expect, it } from 'vitest';
import { findByNumber } from './find-by-number.ts';

const entry = (number: string | null) => ({ number }) as QueueEntry;
const queue = {
  waiting: [entry('A012'), entry('B207')],
  missed: [entry('A003')],
  parked: [entry('B012')],
  booked: [entry(null)],
} as unknown as CounterQueue;

describe('a typed number', () => {
  it.each(['a012', 'A 12', ' A012 ', 'A0012'])('%s finds A012', (typed) => {
    expect(findByNumber(queue, typed)).toEqual({ kind: 'one', entry: entry('A012') });
  });

  it('finds missed and parked visits too', () => {
    expect(findByNumber(queue, 'A3')).toEqual({ kind: 'one', entry: entry('A003') });
    expect(findByNumber(queue, 'b12')).toEqual({ kind: 'one', entry: entry('B012') });
  });

  it('needs no letter while the digits fit one visit only', () => {
    expect(findByNumber(queue, '207')).toEqual({ kind: 'one', entry: entry('B207') });
    expect(findByNumber(queue, '12')).toEqual({ kind: 'many', numbers: ['A012', 'B012'] });
  });

  it.each(['', 'A', 'A2', 'C012', 'A12B', 'AB12'])('“%s” finds nobody', (typed) => {
    expect(findByNumber(queue, typed)).toEqual({ kind: 'none' });
  });
});
