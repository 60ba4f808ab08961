/** A thread of `run-seeds.ts`: simulates the seeds it is told, one at a time, and tells what came of each. */
import { parentPort, workerData } from 'node:worker_threads';
import { optionsOf, type Wished } from '@aufruf/hub/simulation/mix';
import { simulate } from '@aufruf/hub/simulation/simulate';

export interface SeedOutcome {
  readonly seed: number;
  readonly simulatedMs: number;
  readonly tickets: number;
  readonly answers: number;
  /** The first violation; null = none. */
  readonly violation: string | null;
}

const wished = workerData as Wished;

parentPort?.on('message', (seed: number) => {
  void simulate(optionsOf(seed, wished)).then(({ simulatedMs, tickets, answers, violations: [first] }) => {
    const violation = first === undefined ? null : `${first.rule} at ${first.atMs} ms: ${first.detail}`;
    parentPort?.postMessage({ seed, simulatedMs, tickets, answers, violation } satisfies SeedOutcome);
  });
});
