/** Runs many seeds, several at a time, and prints every bad one as it is found, how far it is, and the sums. */
import { Worker } from 'node:worker_threads';
import type { Wished } from '@aufruf/hub/simulation/mix';
import type { SeedOutcome } from './seed-worker.ts';

export interface SeedRun {
  readonly from: number;
  readonly seeds: number;
  /** Seeds at a time. */
  readonly jobs: number;
  readonly wished: Wished;
}

/** A long run says so often how far it is. */
const PROGRESS_SEEDS = 500;
/** Of a violation's text. */
const MAX_DETAIL = 500;

/** Returns how many seeds were bad. @throws when a simulation itself breaks, naming no seed as good that was not run */
export async function runSeeds({ from, seeds, jobs, wished }: SeedRun, say: (line: string) => void): Promise<number> {
  const startedAt = performance.now();
  const sums = { done: 0, bad: 0, simulatedMs: 0, tickets: 0, answers: 0 };
  let next = from;

  function note({ seed, simulatedMs, tickets, answers, violation }: SeedOutcome): void {
    sums.done += 1;
    sums.simulatedMs += simulatedMs;
    sums.tickets += tickets;
    sums.answers += answers;
    if (violation !== null) {
      sums.bad += 1;
      say(`seed ${seed}: ${violation.slice(0, MAX_DETAIL)}`);
    }
    if (sums.done % PROGRESS_SEEDS === 0 && sums.done < seeds) say(`${sums.done} seeds, ${sums.bad} bad`);
  }

  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), { workerData: wished });
      const goOn = (): void => {
        if (next < from + seeds) worker.postMessage(next++);
        else void worker.terminate().then(() => resolve(), reject);
      };
      worker.on('message', (outcome: SeedOutcome) => {
        note(outcome);
        goOn();
      });
      worker.on('error', reject);
      goOn();
    });

  await Promise.all(Array.from({ length: Math.min(jobs, seeds) }, work));
  const { bad, simulatedMs, tickets, answers } = sums;
  const tookMs = performance.now() - startedAt;
  say(
    `${seeds} seeds, ${bad} bad; ${tickets} tickets, ${answers} answers; ${(simulatedMs / 3_600_000).toFixed(1)} h simulated ` +
      `in ${(tookMs / 1000).toFixed(1)} s: ${Math.round(simulatedMs / tookMs)} x real time`,
  );
  return bad;
}
