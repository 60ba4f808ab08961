/** What a soak says in the end, and whether it was good. Pure. */
import type { Heap } from '../bench/heap.ts';
import { summarise } from '../bench/percentiles.ts';

/** What hub and devices hold may grow over the second half of the day by less than this. */
const MAX_GROWTH = 0.05;
/** Call to display, by a raw broadcast to as many clients as there are devices, both at p99. */
const MAX_CALL_BY_BROADCAST = 10;

/** Visits that may be broken off, of all. */
const MAX_REFUSED = 0.01;

/** Taken now and then during the day, after a forced collection of garbage. */
export interface SoakSample {
  readonly visits: number;
  /** Events of the day by then. */
  readonly rows: number;
  readonly hub: Heap;
  /** All device processes together. */
  readonly devices: Heap;
}

export interface SoakResult {
  readonly devices: number;
  readonly visits: number;
  readonly seconds: number;
  readonly samples: readonly SoakSample[];
  /** Visits broken off because a device was refused something: too much for the machine. */
  readonly refused: number;
  /** From the press of "next" until the last display had the call, ms. */
  readonly callMs: readonly number[];
  /** A bare broadcast to the last of as many clients as there are devices, in turns with the calls, ms. */
  readonly broadcastMs: readonly number[];
}

export interface SoakVerdict {
  readonly lines: readonly string[];
  readonly isGood: boolean;
}

const MB = 1_000_000;
const inMb = (bytes: number): string => (bytes / MB).toFixed(1);

/** How much a series has grown from the middle to the end, each the mean of a few samples. */
export function growthOfSecondHalf(values: readonly number[]): number {
  const few = Math.max(1, Math.floor(values.length / 10));
  const middle = Math.floor(values.length / 2);
  const mean = (part: readonly number[]): number => part.reduce((sum, value) => sum + value, 0) / part.length;
  return mean(values.slice(-few)) / mean(values.slice(middle, middle + few)) - 1;
}

export function soakVerdict({
  devices,
  visits,
  seconds,
  samples,
  refused,
  callMs,
  broadcastMs,
}: SoakResult): SoakVerdict {
  const call = summarise(callMs);
  const broadcast = summarise(broadcastMs);
  const ratio = call.p99 / broadcast.p99;
  const held = (['hub', 'devices'] as const).flatMap((who) =>
    (['usedBytes', 'residentBytes'] as const).map((kind) => ({
      what: `${who === 'hub' ? 'the hub' : 'the devices'}, ${kind === 'usedBytes' ? 'in use' : 'resident'}`,
      growth: growthOfSecondHalf(samples.map((sample) => sample[who][kind])),
    })),
  );
  const row = (...cells: readonly (string | number)[]): string =>
    cells.map((cell) => String(cell).padStart(14)).join('');
  const judged = (what: string, value: string, limit: string, isMet: boolean): string =>
    `${isMet ? 'met    ' : 'MISSED '} ${what}: ${value} (limit ${limit})`;
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const isFlat = held.every(({ growth }) => growth < MAX_GROWTH);
  const isComplete = refused <= visits * MAX_REFUSED;
  const isQuick = ratio <= MAX_CALL_BY_BROADCAST;
  return {
    isGood: isFlat && isQuick && isComplete,
    lines: [
      `${devices} devices, ${visits} visits in ${seconds.toFixed(0)} s`,
      '',
      row('visits', 'events', 'hub MB', 'resident', 'devices MB', 'resident'),
      ...samples.map(({ visits: done, rows, hub, devices: all }) =>
        row(done, rows, ...[hub, all].flatMap((heap) => [inMb(heap.usedBytes), inMb(heap.residentBytes)])),
      ),
      '',
      `call to the last display: p50 ${call.p50.toFixed(1)} ms, p99 ${call.p99.toFixed(1)} ms, ${call.count} calls`,
      `raw broadcast to ${devices}:  p50 ${broadcast.p50.toFixed(1)} ms, p99 ${broadcast.p99.toFixed(1)} ms`,
      '',
      judged('call to display by raw broadcast, p99', `${ratio.toFixed(1)} x`, `${MAX_CALL_BY_BROADCAST} x`, isQuick),
      judged('visits broken off', String(refused), percent(MAX_REFUSED), isComplete),
      ...held.map(({ what, growth }) =>
        judged(`memory over the second half, ${what}`, percent(growth), percent(MAX_GROWTH), growth < MAX_GROWTH),
      ),
    ],
  };
}
