/**
 * Fits clerks to a recorded queue: how many counters served it, when, and how long one visit took, so that a replay
 * calls about as fast as the office did. While people wait, an office calls as fast as it can; so the calls made then,
 * over the counter time spent then, are the service time. Offices report the same counter open for several queues;
 * fitting the queue's own rate keeps that from multiplying clerks.
 */
import type { QueueDay } from '../arrivals/office-day.ts';

const MINUTE_MS = 60_000;
/** Most counters given to one queue. */
const MAX_COUNTERS_PER_QUEUE = 6;
/** Fewer calls than this while people wait say nothing about the service time. */
const MIN_CALLS_TO_FIT = 4;
export const SERVICE_MIN_MS = MINUTE_MS;
export const SERVICE_MAX_MS = 25 * MINUTE_MS;
const SERVICE_UNKNOWN_MS = 5 * MINUTE_MS;
/** No clerk has to be quicker than this where counters allow. */
export const BRISK_MS = 3 * MINUTE_MS;
/** A clerk's absence shorter than this is not played. */
const SHORTEST_ABSENCE_MS = 10 * MINUTE_MS;

export interface Span {
  /** ms since local midnight. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface QueueFit {
  readonly counters: number;
  /** Mean time from call to finish, ms. */
  readonly serviceMs: number;
  /** Part of the working time that the queue fills one counter, 0 and up. */
  readonly load: number;
  /** When counter k (0 is the first) was not staffed, between opening and closing. */
  readonly absences: readonly (readonly Span[])[];
}

/** The value that holds at `atMs`, of steps in order of time; null before the first. */
const valueAt = (steps: QueueDay['waiting'], atMs: number): number | null =>
  steps.findLast((step) => step.atMin * MINUTE_MS <= atMs)?.count ?? null;

/** Cuts the day into minutes: enough for data that come every five. */
function minutesOf(fromMin: number, toMin: number): number[] {
  return Array.from({ length: Math.max(0, toMin - fromMin) }, (_, index) => (fromMin + index) * MINUTE_MS);
}

/** Offices report every five minutes. */
const SNAPSHOT_MS = 5 * MINUTE_MS;

/** Whether people waited all along: at the snapshot before and at the one after. */
const isCongested = (queue: QueueDay, atMs: number): boolean =>
  (valueAt(queue.waiting, atMs) ?? 0) > 0 && (valueAt(queue.waiting, atMs + SNAPSHOT_MS) ?? 0) > 0;

function absencesOf(minutes: readonly number[], staffed: (atMs: number) => number, index: number): Span[] {
  const spans: Span[] = [];
  let since: number | null = null;
  for (const atMs of minutes) {
    if (staffed(atMs) <= index) since ??= atMs;
    else if (since !== null) {
      spans.push({ fromMs: since, toMs: atMs });
      since = null;
    }
  }
  if (since !== null) spans.push({ fromMs: since, toMs: (minutes.at(-1) ?? since) + MINUTE_MS });
  return spans.filter((span) => span.toMs - span.fromMs >= SHORTEST_ABSENCE_MS);
}

/** `maxCounters`: at most so many for this queue. */
export function fitQueue(queue: QueueDay, fromMin: number, toMin: number, maxCounters: number): QueueFit {
  const minutes = minutesOf(fromMin, toMin);
  const congested = minutes.filter((atMs) => isCongested(queue, atMs));
  const open = (atMs: number) => Math.max(1, valueAt(queue.openCounters, atMs) ?? 1);
  const busiest = congested.length > 0 ? congested : minutes;
  const mean = busiest.reduce((sum, atMs) => sum + open(atMs), 0) / Math.max(1, busiest.length);
  const peak = busiest.reduce((most, atMs) => Math.max(most, open(atMs)), 1);
  const calls = queue.calls.filter((atMs) => isCongested(queue, atMs)).length;
  // A very quick clerk is played by two of half the pace: on a hurried clock every click costs some seconds.
  const brisk = calls < MIN_CALLS_TO_FIT ? 1 : Math.ceil((BRISK_MS * calls) / (congested.length * MINUTE_MS));
  const counters = Math.min(Math.max(1, Math.round(mean), brisk), MAX_COUNTERS_PER_QUEUE, maxCounters);
  const staffed = (atMs: number) => Math.min(counters, Math.max(1, Math.round((open(atMs) / peak) * counters)));

  const staffedMs = congested.reduce((sum, atMs) => sum + staffed(atMs) * MINUTE_MS, 0);
  // Whatever the fit says: the counters did manage all of the day's calls between the first and the last.
  const firstMs = queue.calls[0] ?? 0;
  const workedMs = Math.max(MINUTE_MS, (queue.calls.at(-1) ?? 0) - firstMs) * counters;
  const atMost = queue.calls.length >= MIN_CALLS_TO_FIT ? workedMs / (queue.calls.length - 1) : SERVICE_MAX_MS;
  const fitted = Math.min(atMost, calls >= MIN_CALLS_TO_FIT ? staffedMs / calls : SERVICE_UNKNOWN_MS);
  const serviceMs = Math.round(Math.min(SERVICE_MAX_MS, Math.max(SERVICE_MIN_MS, fitted)));
  return {
    counters,
    serviceMs,
    load: (queue.arrivals.length * serviceMs) / Math.max(MINUTE_MS, minutes.length * MINUTE_MS),
    absences: Array.from({ length: counters }, (_, index) => absencesOf(minutes, staffed, index)),
  };
}
