import { describe, expect, it } from 'vitest';
import type { CounterId } from '../../lib/ids.ts';
import { DAY, openCounter, visit } from '../views/test/fixtures.ts';
import { createDayStore } from './day-store.ts';
import { dayToJson } from './test/day-to-json.ts';

const ids = (values: Iterable<{ readonly id: string }>) => [...values].map(({ id }) => Number(id.slice(-3)));

describe('day store', () => {
  it('a visit moves between open and closed by its state', () => {
    const store = createDayStore(DAY);
    store.apply({ visits: [visit(1), visit(2)] });
    store.apply({ visits: [visit(1, { state: 'finished' })] });
    expect([ids(store.openVisits.values()), ids(store.closedVisits.values())]).toEqual([[2], [1]]);
    store.apply({ visits: [visit(1)] });
    expect([ids(store.openVisits.values()), ids(store.closedVisits.values())]).toEqual([[2, 1], []]);
  });

  it('an appointment’s code leads to the visit it was last booked for', () => {
    const store = createDayStore(DAY);
    const booked = { state: 'booked', appointmentCode: '4711' } as const;
    store.apply({ visits: [visit(1, booked)] });
    store.apply({ visits: [visit(1, { ...booked, state: 'cancelled', revision: 2 }), visit(2, booked)] });
    store.apply({ visits: [visit(1, { ...booked, state: 'cancelled', revision: 3 })] });
    expect(store.visitIdsByCode.get('4711')).toBe(visit(2).id);
    expect(store.overlay().visitIdsByCode.get('4711')).toBe(visit(2).id);
  });
});

describe('overlay', () => {
  const base = () => {
    const store = createDayStore(DAY);
    store.apply({ visits: [visit(1), visit(2), visit(3)], counters: [openCounter('counter-1')] });
    return store;
  };

  it('X5: iterates like a single store would: changed ones in place, reopened ones at the end', () => {
    const changes = [
      { visits: [visit(2, { revision: 2 })] },
      { visits: [visit(1, { state: 'finished' })] },
      { visits: [visit(4)] },
      { visits: [visit(1, { revision: 3 })] },
      { visits: [visit(4, { state: 'cancelled' })] },
      { visits: [visit(3, { state: 'parked' })] },
    ] as const;
    const straight = base();
    const overlay = base().overlay();
    for (const change of changes) {
      straight.apply(change);
      overlay.apply(change);
      expect(dayToJson(overlay)).toBe(dayToJson(straight));
      expect(overlay.openVisits.size).toBe(straight.openVisits.size);
      expect([1, 2, 3, 4, 5].map((n) => overlay.openVisits.has(visit(n).id))).toEqual(
        [1, 2, 3, 4, 5].map((n) => straight.openVisits.has(visit(n).id)),
      );
    }
    expect(ids(overlay.openVisits.values())).toEqual([2, 3, 1]);
  });

  it('leaves the base untouched, and shows what the base gets later', () => {
    const store = base();
    const overlay = store.overlay();
    overlay.apply({ visits: [visit(1, { state: 'finished' })], rejection: { row: 2, type: 'a', reason: 'b' } });
    expect(ids(store.openVisits.values())).toEqual([1, 2, 3]);
    expect(store.rejections).toEqual([]);
    store.apply({
      visits: [visit(5)],
      counters: [openCounter('counter-2')],
      rejection: { row: 1, type: 'c', reason: 'd' },
    });
    expect(ids(overlay.openVisits.values())).toEqual([2, 3, 5]);
    expect(overlay.counters.has('counter-2' as CounterId)).toBe(true);
    expect(overlay.rejections.map(({ row }) => row)).toEqual([1, 2]);
  });

  it('can lie on an overlay', () => {
    const middle = base().overlay();
    middle.apply({ visits: [visit(1, { state: 'finished' }), visit(4)] });
    const top = middle.overlay();
    top.apply({ visits: [visit(1), visit(2, { state: 'expired' })] });
    expect(ids(top.openVisits.values())).toEqual([3, 4, 1]);
    expect(ids(middle.openVisits.values())).toEqual([2, 3, 4]);
  });
});
