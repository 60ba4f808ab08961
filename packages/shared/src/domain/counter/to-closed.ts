import type { EpochMs } from '../../lib/time.ts';
import type { CounterState } from './counter.ts';

/** The counter with nobody signed in, by its clerk or by the end of the day. Its visit and its undo stack are not touched. */
export const toClosedCounter = (counter: CounterState, at: EpochMs): CounterState => ({
  ...counter,
  presence: 'closed',
  sessionId: null,
  since: at,
  breakReason: null,
  superseded: null,
});
