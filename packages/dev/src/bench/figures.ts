/** From measured spans to figures: what is said, in which unit, compared with what, and which limit it should keep. */
import { MAX_BENCH_CATCH_UP_S, MAX_COST_GROWTH, MAX_DRAW_OVER_FLUSH_MS, MAX_NEXT_BY_BROADCAST } from './limits.ts';
import type { BrowserSpans } from './measure-browser.ts';
import type { DaySpans } from './measure-day.ts';
import type { OfficeSpans } from './measure-office.ts';
import { type Summary, summarise } from './percentiles.ts';
import type { BenchSizes } from './sizes.ts';

export interface Figure extends Summary {
  readonly name: string;
  readonly unit: 'ms' | 's' | 'µs' | 'MB';
  /** Each measured in the same run: this figure is so many times that one. */
  readonly ratios: readonly { readonly to: string; readonly p50: number; readonly p99: number }[];
  /** What was wanted, and whether it was so. */
  readonly limit: { readonly text: string; readonly holds: boolean } | null;
}

export interface Measured {
  readonly sizes: BenchSizes;
  readonly office: OfficeSpans;
  /** Null where there is no browser. */
  readonly browser: BrowserSpans | null;
  readonly starts: readonly number[];
  /** Bytes. */
  readonly hubMemory: number;
  readonly day: DaySpans;
}

const MEGABYTE = 1_000_000;
const thousands = (value: number): string => value.toLocaleString('en-US');

export function toFigures({ sizes, office, browser, starts, hubMemory, day }: Measured): readonly Figure[] {
  const { kiosks, displays, counters } = sizes;
  const devices = kiosks + displays + counters;
  const yardsticks = {
    flush: { name: 'raw fsync', ...summarise(office.flush) },
    commit: { name: 'raw commit', ...summarise(office.commit) },
    ping: { name: 'raw round trip', ...summarise(office.ping) },
    tellDisplays: { name: `raw broadcast to ${displays}`, ...summarise(office.tellDisplays) },
    tellAll: { name: `raw broadcast to ${devices}`, ...summarise(office.tellAll) },
  } as const;
  type Yardstick = keyof typeof yardsticks;

  function figure(
    name: string,
    values: readonly number[],
    { unit = 'ms', by = [] }: { readonly unit?: Figure['unit']; readonly by?: readonly Yardstick[] } = {},
  ): Figure {
    const summary = summarise(values);
    const ratios = by.map((each) => {
      const { name: to, p50, p99 } = yardsticks[each];
      return { to, p50: summary.p50 / p50, p99: summary.p99 / p99 };
    });
    return { name, unit, ...summary, ratios, limit: null };
  }
  const limited = (of: Figure, text: string, holds: boolean): Figure => ({ ...of, limit: { text, holds } });

  function drawn(name: string, values: readonly number[]): Figure {
    const { flush } = yardsticks;
    const of = figure(name, values, { by: ['ping', 'flush', 'commit'] });
    const text = `at most one raw fsync and ${MAX_DRAW_OVER_FLUSH_MS} ms at p50`;
    return limited(of, text, of.p50 <= flush.p50 + MAX_DRAW_OVER_FLUSH_MS);
  }
  function shown(name: string, values: readonly number[]): Figure {
    const of = figure(name, values, { by: ['tellAll', 'tellDisplays', 'flush'] });
    const text = `at most ${MAX_NEXT_BY_BROADCAST} times the raw broadcast to ${devices} at p50`;
    return limited(of, text, of.p50 <= MAX_NEXT_BY_BROADCAST * yardsticks.tellAll.p50);
  }

  const seconds = (values: readonly number[]) => values.map((ms) => ms / 1_000);
  const [firstCost] = day.costs;
  const catchUp = figure(`a new device fetches ${thousands(day.events)} events`, seconds(day.catchUps), { unit: 's' });
  return [
    figure('raw: 300 bytes appended, fsync', office.flush),
    figure('raw: one row committed by SQLite, synchronous=FULL', office.commit),
    figure('raw: socket.io message, acknowledged', office.ping),
    figure(`raw: socket.io broadcast to the last of ${displays} clients`, office.tellDisplays),
    figure(`raw: socket.io broadcast to the last of ${devices} clients`, office.tellAll),
    drawn('web mode: tap until the ticket is committed and shown', office.drawInBrowser),
    drawn('device: tap until the ticket is committed and shown', office.drawOnDevice),
    figure('web mode: "next" until the clerk has the number', office.nextInBrowser, {
      by: ['ping', 'flush', 'commit'],
    }),
    figure('device: "next" until the clerk has the number', office.nextOnDevice, { by: ['ping', 'flush', 'commit'] }),
    shown(`web mode: "next" until the last of ${displays} displays has it`, office.nextInBrowserToDisplays),
    shown(`device: "next" until the last of ${displays} displays has it`, office.nextOnDeviceToDisplays),
    ...(browser === null
      ? []
      : [
          figure('device: "next" until Chromium has painted it', browser.nextToPixels, { by: ['tellAll', 'flush'] }),
          ...Object.entries(browser.firstPaint).map(([app, values]) => figure(`${app}: first paint`, values)),
        ]),
    figure('hub: process start until /health is ok', starts),
    figure(`hub: the same with a day of ${thousands(day.events)} events`, day.restarts),
    figure(`hub: memory with ${devices} devices`, [hubMemory / MEGABYTE], { unit: 'MB' }),
    figure(`hub: memory with a day of ${thousands(day.events)} events`, [day.memory / MEGABYTE], { unit: 'MB' }),
    limited(catchUp, `less than ${MAX_BENCH_CATCH_UP_S} s`, catchUp.p99 < MAX_BENCH_CATCH_UP_S),
    ...day.costs.map(({ events, us }) => {
      const of = figure(`cost of an event at ${thousands(events)} events`, [us], { unit: 'µs' });
      if (firstCost === undefined || firstCost.events === events) return of;
      return limited(of, `at most ${MAX_COST_GROWTH} times the first`, us <= MAX_COST_GROWTH * firstCost.us);
    }),
  ];
}
