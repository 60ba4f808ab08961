/** All judges of a run. Each knows one kind of rule and reports what breaks it. */
import type { Witness } from '../history.ts';
import type { World } from '../world.ts';
import { judgeAnswers } from './judge-answers.ts';
import { judgeCalls } from './judge-calls.ts';
import { judgeDisplays } from './judge-displays.ts';
import { judgeLog } from './judge-log.ts';
import { judgeModes } from './judge-modes.ts';
import { judgeOrder } from './judge-order.ts';
import { judgeQueue } from './judge-queue.ts';
import { judgeRights } from './judge-rights.ts';
import { judgeTickets } from './judge-tickets.ts';

export const allJudges = (world: World): readonly Witness[] => [
  judgeOrder(world),
  judgeAnswers(world),
  judgeTickets(world),
  judgeCalls(world),
  judgeDisplays(world),
  judgeQueue(world),
  judgeRights(world),
  judgeModes(world),
  judgeLog(world),
];
