/**
 * Fine-tunes a queue's service time: plays the queue alone, first come first served, at the fitted counters, and looks
 * for the service time at which its visitors wait as long on average as the recorded ones did. Pure and deterministic.
 */
import { type QueueDay, recordedWaits } from '../arrivals/office-day.ts';
import { type QueueFit, SERVICE_MAX_MS, SERVICE_MIN_MS } from './queue-fit.ts';
import { chanceFor, lognormal, SERVICE_VARIATION } from './seeded.ts';

/** Halvings of the interval: to within a hundredth of the service time. */
const ROUNDS = 8;
/** The record's own grain: waits shorter than its five minutes are mostly guesses. */
const GRAIN_MS = 60_000;

/** Mean wait of the visitors whom the office called, when each visit takes `serviceMs` on average. */
export function meanWaitAlone({ arrivals, calls }: QueueDay, { absences }: QueueFit, serviceMs: number): number {
  const chance = chanceFor(1, 'calibration');
  const openedMs = calls[0] ?? 0;
  const freeAt = absences.map(() => openedMs);
  let waitedMs = 0;
  for (const [index, arrival] of arrivals.slice(0, calls.length).entries()) {
    let best = { counter: 0, at: Number.POSITIVE_INFINITY };
    for (const [counter, free] of freeAt.entries()) {
      let at = Math.max(arrival, free);
      for (const { fromMs, toMs } of absences[counter] ?? []) if (at >= fromMs && at < toMs) at = toMs;
      if (at < best.at) best = { counter, at };
    }
    freeAt[best.counter] = best.at + lognormal(chance, serviceMs, SERVICE_VARIATION);
    waitedMs += (best.at - arrival - waitedMs) / (index + 1);
  }
  return waitedMs;
}

/** The service time, ms, at which the queue waits as recorded; the fitted one where nobody was called. */
export function calibrateServiceMs(queue: QueueDay, fit: QueueFit): number {
  if (queue.calls.length === 0) return fit.serviceMs;
  const wanted = Math.max(GRAIN_MS, recordedWaits([queue]).meanMs);
  let low = SERVICE_MIN_MS / 2;
  let high = SERVICE_MAX_MS;
  for (let round = 0; round < ROUNDS; round += 1) {
    const middle = (low + high) / 2;
    if (meanWaitAlone(queue, fit, middle) < wanted) low = middle;
    else high = middle;
  }
  return Math.round((low + high) / 2);
}
