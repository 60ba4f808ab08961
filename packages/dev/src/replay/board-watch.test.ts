import type { BoardCall, CallBoard } from '@aufruf/shared/domain/views/view-schemas';
import { expect, it } from 'vitest';
import { createBoardWatch } from './board-watch.ts';
import type { ReplayRecord } from './records.ts';

const call = (callId: string, announcement: number) =>
  ({ callId, number: 'A001', counterLabel: '7', announcement }) as unknown as BoardCall;
const board = (...calls: BoardCall[]) => ({ calls }) as unknown as CallBoard;

it('notes each announcement once, and each call that goes', () => {
  const told: ReplayRecord[] = [];
  const watch = createBoardWatch(
    (record) => told.push(record),
    () => 5,
  );
  watch(null);
  watch(board(call('a', 1)));
  watch(board(call('a', 1), call('b', 1)));
  watch(board(call('b', 2)));
  watch(board());
  expect(told.map((record) => `${record.kind} ${'callId' in record ? record.callId : ''}`)).toEqual([
    'shown a',
    'shown b',
    'shown b',
    'withdrawn a',
    'withdrawn b',
  ]);
});
