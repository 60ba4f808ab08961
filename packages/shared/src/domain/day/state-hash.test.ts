import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { commandId, openCounter, visit } from '../views/test/fixtures.ts';
import type { DayChanges } from './day-state.ts';
import { createStateHasher } from './state-hash.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hashOf = (...changes: DayChanges[]) => {
  const hasher = createStateHasher(sha256);
  for (const change of changes) hasher.note(change);
  return hasher.hash();
};

describe('state hash', () => {
  it('O7: is the same whatever the order in which entities came to be what they are', () => {
    const [a, b] = [visit(1), visit(2)];
    expect(hashOf({ visits: [a] }, { visits: [b] })).toBe(hashOf({ visits: [b, a] }));
    expect(hashOf({ visits: [visit(1, { partySize: 9 })] }, { visits: [a] })).toBe(hashOf({ visits: [a] }));
  });

  it('O7: is the same whether asked for often or once', () => {
    const hasher = createStateHasher(sha256);
    const steps = [{ visits: [visit(1)] }, { visits: [visit(1, { revision: 2 })] }, { visits: [visit(2)] }];
    for (const step of steps) {
      hasher.note(step);
      hasher.hash();
    }
    expect(hasher.hash()).toBe(hashOf(...steps));
  });

  it.each<[string, DayChanges]>([
    ['a visit', { visits: [visit(1, { partySize: 2 })] }],
    ['a counter', { counters: [openCounter('counter-1')] }],
    ['a series', { series: [{ id: 'a' as never, lastMain: 1, lastOverflow: 0, issued: 1, used: [] }] }],
    ['an outcome', { commands: [{ id: commandId(1), outcome: { status: 'withdrawn' } }] }],
    ['a rejection', { rejection: { row: 1, type: 'v1.VisitExpired', reason: 'unknownVisit' } }],
    [
      'the day',
      {
        info: {
          day: '2026-11-23' as never,
          status: 'open',
          config: null,
          rows: 1,
          walkInsByService: {},
          releasedThrough: null,
        },
      },
    ],
  ])('O7: differs by %s', (_, change) => {
    const base = { visits: [visit(1)] };
    expect(hashOf(base, change)).not.toBe(hashOf(base));
    expect(hashOf(base, change)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('O7: differs by what an undo would bring back, and not by which copy of it is held', () => {
    const [before, other] = [visit(1, { partySize: 2 }), visit(1, { partySize: 3 })];
    const counterWith = (visitBefore: typeof before) => {
      const { undoable: _, ...counterBefore } = openCounter('counter-1');
      const action = { commandId: commandId(1), type: 'v1.VisitFinished', at: 1, visitId: before.id } as const;
      const undoable = [{ ...action, visitBefore, visitRevisionAfter: 2, counterBefore }];
      return { counters: [openCounter('counter-1', { undoable })] };
    };
    expect(hashOf(counterWith(before))).toBe(hashOf(counterWith(structuredClone(before))));
    expect(hashOf(counterWith(before), counterWith(other))).toBe(hashOf(counterWith(other)));
    expect(hashOf(counterWith(before))).not.toBe(hashOf(counterWith(other)));
  });

  it('begins with zeros', () => expect(hashOf()).toBe('0'.repeat(64)));

  it('two entities of equal content do not cancel each other out', () => {
    const outcome = { status: 'withdrawn' } as const;
    const commands = [1, 2].map((n) => ({ id: commandId(n), outcome }));
    expect(hashOf({ commands })).not.toBe('0'.repeat(64));
  });
});
