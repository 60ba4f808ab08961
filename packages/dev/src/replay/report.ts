/** The outcome of a replay in words and figures. Pure. */
import type { OfficeDay } from '../arrivals/office-day.ts';
import { recordedWaits } from '../arrivals/office-day.ts';
import type { Verdict } from './judge.ts';
import type { ReplayPlan } from './replay-plan.ts';

export interface ReplayReport {
  readonly office: string;
  readonly date: string;
  readonly counters: number;
  readonly speed: number;
  readonly wallMs: number;
  readonly replayed: Verdict;
  /** What the office's own data say of the same day. */
  readonly recorded: {
    readonly drawn: number;
    readonly called: number;
    readonly meanWaitMs: number;
    readonly longestWaitMs: number;
  };
}

export function makeReport(
  day: OfficeDay,
  plan: ReplayPlan,
  replayed: Verdict,
  { speed, wallMs }: { readonly speed: number; readonly wallMs: number },
): ReplayReport {
  const waits = recordedWaits(day.queues);
  return {
    office: day.office,
    date: day.trueDate,
    counters: plan.clerks.length,
    speed,
    wallMs,
    replayed,
    recorded: {
      drawn: day.queues.reduce((sum, queue) => sum + queue.arrivals.length, 0),
      called: day.queues.reduce((sum, queue) => sum + queue.calls.length, 0),
      meanWaitMs: waits.meanMs,
      longestWaitMs: waits.longestMs,
    },
  };
}

const minutes = (ms: number): string => `${(ms / 60_000).toFixed(1)} min`;

/** A table for people. */
export function reportLines({ office, date, counters, speed, wallMs, replayed, recorded }: ReplayReport): string[] {
  const rows: [string, string, string][] = [
    ['', 'replayed', 'recorded'],
    ['visitors drawn', `${replayed.drawn}`, `${recorded.drawn}`],
    ['called', `${replayed.called}`, `${recorded.called}`],
    ['called again after no-show', `${replayed.calledAgain}`, ''],
    ['recalls', `${replayed.recalls}`, ''],
    ['calls withdrawn undecided', `${replayed.withdrawn}`, ''],
    ['announcements shown', `${replayed.shown}`, ''],
    ['finished', `${replayed.finished}`, ''],
    ['missed', `${replayed.missed}`, ''],
    ['mean wait', minutes(replayed.meanWaitMs), minutes(recorded.meanWaitMs)],
    ['longest wait', minutes(replayed.longestWaitMs), minutes(recorded.longestWaitMs)],
  ];
  return [
    `${office}, ${date}: ${counters} counters, ${speed} x real time, ${(wallMs / 1000).toFixed(0)} s`,
    ...rows.map(([label, replay, record]) =>
      `  ${label.padEnd(27)} ${replay.padStart(12)} ${record.padStart(12)}`.trimEnd(),
    ),
  ];
}
