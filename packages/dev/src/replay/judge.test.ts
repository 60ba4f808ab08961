import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import type { ReplayRecord } from './records.ts';

const drawn = (n: number): ReplayRecord => ({
  kind: 'drawn',
  visitor: `q/${n}`,
  visitId: `visit-${n}`,
  number: `A00${n}`,
  at: 1_000 * n,
});
const called = (n: number, callId = `call-${n}`, at = 1_000 * n + 600): ReplayRecord => ({
  kind: 'called',
  visitId: `visit-${n}`,
  number: `A00${n}`,
  callId,
  counterLabel: '7',
  at,
});
const shown = (n: number, callId = `call-${n}`, announcement = 1): ReplayRecord => ({
  kind: 'shown',
  callId,
  number: `A00${n}`,
  counterLabel: '7',
  announcement,
  at: 1_000 * n + 610,
});
const withdrawn = (n: number, callId = `call-${n}`): ReplayRecord => ({
  kind: 'withdrawn',
  callId,
  at: 1_000 * n + 700,
});
const step = (kind: 'arrived' | 'finished', n: number, callId = `call-${n}`): ReplayRecord => ({
  kind,
  visitId: `visit-${n}`,
  callId,
  at: 1_000 * n + 700,
});
const noShow = (n: number, callId: string, missed = false): ReplayRecord => ({
  kind: 'noShow',
  visitId: `visit-${n}`,
  callId,
  missed,
  at: 1_000 * n + 900,
});
const recalled = (n: number, callId: string): ReplayRecord => ({
  kind: 'recalled',
  visitId: `visit-${n}`,
  callId,
  announcement: 2,
  at: 1_000 * n + 800,
});
const state = (device: string, stateHash = 'same', pending = 0): ReplayRecord => ({
  kind: 'state',
  device,
  rows: 9,
  stateHash,
  pending,
});
const visit = (n: number): ReplayRecord[] => [
  drawn(n),
  called(n),
  shown(n),
  step('arrived', n),
  withdrawn(n),
  step('finished', n),
];
const states = [state('hub'), state('kiosk-1')];
const goodDay = [...visit(1), ...visit(2), ...states];
const verdict = (records: ReplayRecord[], visitors = 2) => judge(records, { visitors, devices: ['hub', 'kiosk-1'] });
const without = (records: ReplayRecord[], drop: ReplayRecord) =>
  records.filter((record) => JSON.stringify(record) !== JSON.stringify(drop));

describe('judge', () => {
  it('finds nothing wrong with a good day, and counts it', () => {
    expect(verdict(goodDay)).toEqual({
      problems: [],
      drawn: 2,
      called: 2,
      calledAgain: 0,
      recalls: 0,
      withdrawn: 0,
      finished: 2,
      missed: 0,
      shown: 2,
      meanWaitMs: 600,
      longestWaitMs: 600,
    });
  });

  it('takes a new call after a no-show, and a missed visit, for right', () => {
    const again = [
      drawn(1),
      called(1, 'a'),
      shown(1, 'a'),
      recalled(1, 'a'),
      shown(1, 'a', 2),
      noShow(1, 'a'),
      withdrawn(1, 'a'),
      called(1, 'b', 9_000),
      shown(1, 'b'),
      step('arrived', 1, 'b'),
      withdrawn(1, 'b'),
      step('finished', 1, 'b'),
    ];
    const missed = [drawn(2), called(2), shown(2), noShow(2, 'call-2', true), withdrawn(2)];
    expect(verdict([...again, ...missed, ...states])).toMatchObject({
      problems: [],
      called: 2,
      calledAgain: 1,
      recalls: 1,
      finished: 1,
      missed: 1,
      shown: 4,
    });
  });

  it('takes a call that was withdrawn undecided for none, even if the board had it for a moment', () => {
    const gaveUp: ReplayRecord = { kind: 'gaveUp', callId: 'x', at: 5_000 };
    const records = [...goodDay, gaveUp, shown(2, 'x'), withdrawn(2, 'x')];
    expect(verdict(records)).toMatchObject({ problems: [], withdrawn: 1, called: 2 });
  });

  it('does not depend on how the processes are interleaved', () => {
    const byProcess = ['drawn', 'shown', 'withdrawn', 'called', 'arrived', 'finished', 'state'];
    const sorted = [...goodDay].sort((a, b) => byProcess.indexOf(a.kind) - byProcess.indexOf(b.kind));
    // The display's own records stay in their order.
    const board = goodDay.filter((record) => record.kind === 'shown' || record.kind === 'withdrawn');
    const others = sorted.filter((record) => record.kind !== 'shown' && record.kind !== 'withdrawn');
    expect(verdict([...board, ...others]).problems).toEqual([]);
  });

  it.each<[string, ReplayRecord[], RegExp]>([
    [
      'a lost ticket',
      goodDay.filter((r) => !('callId' in r && r.callId === 'call-2')),
      /A002 was drawn and never called/,
    ],
    ['a visitor without an answer', without(goodDay, drawn(2)), /2 visitors came, the kiosks answered 1/],
    ['a call of nobody', without(goodDay, drawn(2)), /A002 was called, but nobody drew it/],
    [
      'a refused visitor',
      [...visit(1), { kind: 'refused', visitor: 'q/2', type: 'numbersExhausted', at: 5 }, ...states],
      /q\/2 got no ticket: numbersExhausted/,
    ],
    [
      'a double call',
      [...goodDay, called(2, 'x'), shown(2, 'x'), withdrawn(2, 'x')],
      /A002 was called again .* while finished/,
    ],
    [
      'two counters with one ticket',
      [drawn(1), called(1, 'a'), shown(1, 'a'), called(1, 'b'), shown(1, 'b'), ...visit(2), ...states],
      /A001 was called again .* while called/,
    ],
    ['an unshown call', without(goodDay, shown(2)), /the call of A002 to counter 7 was not shown/],
    [
      'an unshown recall',
      [...goodDay.slice(0, 3), recalled(1, 'call-1'), ...goodDay.slice(3)],
      /recall 2 of A001 was not shown/,
    ],
    [
      'a wrong number on the board',
      goodDay.map((r) => (r.kind === 'shown' && r.callId === 'call-2' ? { ...r, number: 'A001' } : r)),
      /A002 was called to counter 7, shown was A001/,
    ],
    [
      'a wrong counter on the board',
      goodDay.map((r) => (r.kind === 'shown' && r.callId === 'call-2' ? { ...r, counterLabel: '8' } : r)),
      /shown was A002 to counter 8/,
    ],
    ['an announcement repeated', [...goodDay, shown(2), withdrawn(2)], /A002 was announced twice/],
    ['a call shown that nobody made', [...goodDay, shown(9), withdrawn(9)], /A009 was shown, but nobody called it/],
    ['a call that outlives its visit', without(goodDay, withdrawn(2)), /A002 still stood on the board/],
    [
      'a number given twice',
      goodDay.map((r) => (r.kind === 'drawn' ? { ...r, number: 'A001' } : r)),
      /A001 was given to q\/1 and to q\/2/,
    ],
    [
      'a visit given twice',
      goodDay.map((r) => (r.kind === 'drawn' ? { ...r, visitId: 'visit-1' } : r)),
      /A002 shares its visit/,
    ],
    ['a visit never finished', without(goodDay, step('finished', 2)), /A002 was left serving/],
    ['a visit finished without arrival', without(goodDay, step('arrived', 2)), /A002: finished while called/],
    [
      'a step of another call',
      goodDay.map((r) => (r.kind === 'finished' ? { ...r, callId: 'x' } : r)),
      /belongs to another call/,
    ],
    [
      'a device with another state',
      [...visit(1), ...visit(2), state('hub'), state('kiosk-1', 'other')],
      /devices differ/,
    ],
    ['a silent device', [...visit(1), ...visit(2), state('hub')], /kiosk-1 did not report/],
    [
      'unsent events',
      [...visit(1), ...visit(2), state('hub'), state('kiosk-1', 'same', 2)],
      /kiosk-1 still had 2 events/,
    ],
  ])('finds %s', (_, records, problem) => {
    expect(verdict(records).problems.join('\n')).toMatch(problem);
  });
});
