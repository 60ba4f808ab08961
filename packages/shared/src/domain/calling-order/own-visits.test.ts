import { describe, expect, it } from 'vitest';
import type { CounterId } from '../../lib/ids.ts';
import { config, counterId, dayState, openCounter, visit, visitId } from '../views/test/fixtures.ts';
import { isOwnVisit, rendezvous } from './own-visits.ts';

const { counters } = config();
const known = (...ids: string[]) => dayState({ counters: ids.map((id) => openCounter(id)) });
const all = Array.from({ length: 400 }, (_, i) => visit(i + 1));
const own = (counter: string, day = known('counter-1', 'counter-3')) =>
  all.filter((one) => isOwnVisit(one, counterId(counter), counters, day)).map(({ id }) => id);

describe('own visits of counters alone', () => {
  it('M3: every visitor is exactly one counter’s, and the counters share them about evenly', () => {
    const [first, third] = [own('counter-1'), own('counter-3')];
    expect(first.filter((id) => third.includes(id))).toEqual([]);
    expect(first.length + third.length).toBe(all.length);
    for (const share of [first, third]) expect(share.length).toBeGreaterThan(all.length * 0.4);
  });

  it('M3: a counter that opened unheard takes nobody from those known to be open', () => {
    expect(own('counter-3', known('counter-1'))).toEqual([]);
    expect(own('counter-1', known('counter-1'))).toHaveLength(all.length);
  });

  it('M3: where none was open, all that serve the service share', () => {
    expect(own('counter-1', known()).length + own('counter-3', known()).length).toBe(all.length);
    expect(own('counter-2', known())).toEqual([]);
  });

  it('M3: a counter on a break keeps its share; a closed one has none', () => {
    const day = dayState({
      counters: [openCounter('counter-1'), openCounter('counter-3', { presence: 'break', breakReason: 'pause' })],
    });
    expect(own('counter-3', day)).toEqual(own('counter-3'));
    const closed = dayState({ counters: [openCounter('counter-1'), openCounter('counter-3', { presence: 'closed' })] });
    expect(own('counter-3', closed)).toEqual([]);
  });

  it('M3: who is reserved for a counter is that counter’s', () => {
    const reserved = visit(1, { reservedFor: counterId('counter-3') });
    expect(isOwnVisit(reserved, counterId('counter-3'), counters, known('counter-1'))).toBe(true);
    expect(isOwnVisit(reserved, counterId('counter-1'), counters, known('counter-1'))).toBe(false);
  });

  it('M3: without a counter fewer, only its visitors change hands', () => {
    const ids = ['counter-1', 'counter-2', 'counter-3', 'counter-4'] as CounterId[];
    for (const { id } of all) {
      const before = rendezvous(id, ids);
      const after = rendezvous(id, ids.slice(0, 3));
      if (before !== 'counter-4') expect(after).toBe(before);
      expect(rendezvous(id, [...ids].reverse())).toBe(before);
    }
  });

  it('M3: the same on every device and in every version: pinned', () => {
    const ids = ['counter-1', 'counter-2', 'counter-3'] as CounterId[];
    expect([1, 2, 3, 4, 5, 6].map((n) => rendezvous(visitId(n), ids))).toMatchInlineSnapshot(`
      [
        "counter-3",
        "counter-1",
        "counter-2",
        "counter-2",
        "counter-2",
        "counter-3",
      ]
    `);
    expect(rendezvous(visitId(1), [])).toBeNull();
  });
});
