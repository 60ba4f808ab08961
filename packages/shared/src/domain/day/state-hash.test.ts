import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { commandId, DAY, openCounter, visit } from '../views/test/fixtures.ts';
import type { DayChanges } from './day-state.ts';
import { createDayStore } from './day-store.ts';
import { createStateHasher } from './state-hash.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function createHashed() {
  const store = createDayStore(DAY);
  const hasher = createStateHasher(sha256);
  return {
    hash: hasher.hash,
    apply(changes: DayChanges) {
      hasher.note(changes, store);
      store.apply(changes);
    },
  };
}

const hashOf = (...changes: DayChanges[]) => {
  const { apply, hash } = createHashed();
  for (const change of changes) apply(change);
  return hash();
};

describe('state hash', () => {
  it('O7: is the same whatever the order in which entities came to be what they are', () => {
    const [a, b] = [visit(1), visit(2)];
    expect(hashOf({ visits: [a] }, { visits: [b] })).toBe(hashOf({ visits: [b, a] }));
    expect(hashOf({ visits: [visit(1, { partySize: 9 })] }, { visits: [a] })).toBe(hashOf({ visits: [a] }));
  });

  it('O7: is the same whether asked for often or once', () => {
    const { apply, hash } = createHashed();
    const outcome = (status: 'withdrawn' | 'refused') =>
      ({ id: commandId(1), outcome: { status, refusal: { type: 'dayClosed' } } }) as const;
    const steps: readonly DayChanges[] = [
      { visits: [visit(1)], commands: [outcome('refused')] },
      { visits: [visit(1, { revision: 2, state: 'finished' })] },
      { visits: [visit(2)], commands: [outcome('withdrawn')] },
      { visits: [visit(1, { revision: 3 })] },
      { visits: [visit(1, { revision: 4, state: 'finished' })] },
    ];
    for (const [index, step] of steps.entries()) {
      apply(step);
      expect(hash()).toBe(hashOf(...steps.slice(0, index + 1)));
    }
    // All that is gone is out of it again: what is left is the end alone.
    expect(hash()).toBe(
      hashOf({ visits: [visit(1, { revision: 4, state: 'finished' }), visit(2)], commands: [outcome('withdrawn')] }),
    );
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
