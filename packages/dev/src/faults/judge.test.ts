import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import type { FaultRecord, Seen } from './records.ts';
import type { HolderReport } from './report.ts';

const seen = (...records: readonly (FaultRecord & { readonly life?: number })[]): readonly Seen[] =>
  records.map((record, atMs) => ({ life: 1, ...record, atMs }));
const printed = (visitId: string, number: string): FaultRecord => ({ kind: 'printed', by: 'kiosk-1', visitId, number });
const confirmed = (commandId: string, name = 'issueTicket', visitId: string | null = null): FaultRecord => ({
  kind: 'confirmed',
  by: 'kiosk-1',
  name,
  commandId,
  visitId,
});
const shown = (callId: string, life = 1) =>
  ({ kind: 'shown', by: 'display-1', callId, number: 'A0001', announcement: 1, life }) as const;

const report = (over: Partial<HolderReport> = {}): HolderReport => ({
  by: 'hub',
  mode: 'ORDERED',
  waiting: 0,
  rows: 10,
  stateHash: 'h',
  tickets: [{ visitId: 'v1', number: 'A0001', isVoid: false }],
  outcomes: { c1: 'granted' },
  rejections: [],
  ...over,
});

describe('the judge of what people saw', () => {
  it('is content when the log holds what people were told', () => {
    const history = seen(
      printed('v1', 'A0001'),
      { kind: 'handedOver', by: 'kiosk-1', visitId: 'v1' },
      confirmed('c1'),
      shown('c1'),
    );
    expect(judge(history, [report(), report({ by: 'display-1' })])).toEqual([]);
  });

  it.each<[string, readonly Seen[], Partial<HolderReport>]>([
    ['X1: a printed ticket that is in no log', seen(printed('v2', 'A0002')), {}],
    ['X1: one that has another number there', seen(printed('v1', 'A0002')), {}],
    [
      'X1: one that is void, and somebody holds it',
      seen({ kind: 'handedOver', by: 'kiosk-1', visitId: 'v1' }),
      { tickets: [{ visitId: 'v1', number: 'A0001', isVoid: true }] },
    ],
    ['X2: a number printed twice', seen(printed('v1', 'A0001'), printed('v2', 'A0001')), {}],
    [
      'X2: a number that stands in the log twice',
      seen(),
      { tickets: ['v1', 'v2'].map((visitId) => ({ visitId, number: 'A0001', isVoid: false })) },
    ],
    ['J4: an acknowledged command that is not in the log', seen(confirmed('c2')), {}],
    ['J4: one that is refused there', seen(confirmed('c1')), { outcomes: { c1: 'refused' } }],
    ['J4: an acknowledged call that is not in the log, without a conflict', seen(confirmed('c2', 'callNext')), {}],
    ['J4: a call on a display that is not in the log', seen(shown('c2')), {}],
    [
      'X3: a visitor called twice, without a conflict',
      seen(confirmed('c1', 'callNext', 'v1'), confirmed('c1', 'callNext', 'v1')),
      {},
    ],
    ['X6: an announcement made twice by one display', seen(shown('c1'), shown('c1')), {}],
    ['O7: an event rejected for a reason that no conflict explains', seen(), { rejections: ['repeated'] }],
  ])('objects to %s', (objection, history, hub) => {
    const [rule = ''] = objection.split(':');
    const problems = judge(history, [report(hub)]);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.some((problem) => problem.startsWith(rule))).toBe(true);
  });

  it('objects to X5, X10: a device that holds another state, or has events left', () => {
    expect(judge(seen(), [report(), report({ by: 'kiosk-1', stateHash: 'other' })])).toEqual([
      'X5: kiosk-1 holds another state than the hub',
    ]);
    expect(judge(seen(), [report(), report({ by: 'kiosk-1', waiting: 2 })])).toEqual([
      'X10: 2 events of kiosk-1 have never reached the hub',
    ]);
  });

  it('excuses a call that lost a conflict on record, a withdrawn one, and a display that was started again', () => {
    const conflict = report({ rejections: ['takenByOther'] });
    const calls = (count: number) => Array.from({ length: count }, (_, i) => confirmed(`lost-${i}`, 'callNext'));
    expect(judge(seen(...calls(2)), [conflict])).toEqual([]);
    expect(judge(seen(...calls(3)), [conflict])).toHaveLength(1);
    expect(judge(seen(confirmed('c2', 'finish')), [conflict])).toEqual([]);
    expect(judge(seen(confirmed('c2', 'finish'), confirmed('c3', 'finish')), [conflict])).toHaveLength(1);
    expect(judge(seen(shown('c2'), { kind: 'withdrawn', by: 'display-1', callId: 'c2' }), [report()])).toEqual([]);
    expect(judge(seen(shown('c1', 1), shown('c1', 2)), [report()])).toEqual([]);
  });
});
