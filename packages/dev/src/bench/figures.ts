/** From measured spans to figures: what is said, in which unit, compared with what, and which limit it should keep. */
import {
  MAX_BENCH_CATCH_UP_S,
  MAX_CALL_IN_CROWD_MS,
  MAX_COST_GROWTH,
  MAX_DRAW_OVER_FLUSH_MS,
  MAX_NEXT_BY_BROADCAST,
} from './limits.ts';
import type { BrowserSpans } from './measure-browser.ts';
import type { CrowdSpans } from './measure-crowd.ts';
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

/** Null: that part was not measured. */
export interface Measured {
  readonly sizes: BenchSizes;
  readonly office: OfficeSpans | null;
  /** Null where there is no browser, too. */
  readonly browser: BrowserSpans | null;
  readonly starts: readonly number[] | null;
  /** Bytes. */
  readonly hubMemory: number | null;
  readonly day: DaySpans | null;
  readonly crowd: CrowdSpans | null;
}

const MEGABYTE = 1_000_000;
const thousands = (value: number): string => value.toLocaleString('en-US');

type Unit = Figure['unit'];

function figure(name: string, values: readonly number[], unit: Unit = 'ms', ratios: Figure['ratios'] = []): Figure {
  return { name, unit, ...summarise(values), ratios, limit: null };
}
const limited = (of: Figure, text: string, holds: boolean): Figure => ({ ...of, limit: { text, holds } });

export function toFigures({ sizes, office, browser, starts, hubMemory, day, crowd }: Measured): readonly Figure[] {
  const { kiosks, displays, counters } = sizes;
  const devices = kiosks + displays + counters;
  return [
    ...(office === null ? [] : officeFigures(office, browser, displays, devices)),
    ...(starts === null ? [] : [figure('hub: process start until /health is ok', starts)]),
    ...(hubMemory === null ? [] : [figure(`hub: memory with ${devices} devices`, [hubMemory / MEGABYTE], 'MB')]),
    ...(day === null ? [] : dayFigures(day)),
    ...(crowd === null ? [] : crowdFigures(crowd)),
  ];
}

function officeFigures(
  office: OfficeSpans,
  browser: BrowserSpans | null,
  displays: number,
  devices: number,
): readonly Figure[] {
  const yardsticks = {
    flush: { name: 'raw fsync', ...summarise(office.flush) },
    commit: { name: 'raw commit', ...summarise(office.commit) },
    ping: { name: 'raw round trip', ...summarise(office.ping) },
    tellDisplays: { name: `raw broadcast to ${displays}`, ...summarise(office.tellDisplays) },
    tellAll: { name: `raw broadcast to ${devices}`, ...summarise(office.tellAll) },
  } as const;
  type Yardstick = keyof typeof yardsticks;

  function compared(name: string, values: readonly number[], by: readonly Yardstick[]): Figure {
    const summary = summarise(values);
    const ratios = by.map((each) => {
      const { name: to, p50, p99 } = yardsticks[each];
      return { to, p50: summary.p50 / p50, p99: summary.p99 / p99 };
    });
    return figure(name, values, 'ms', ratios);
  }

  function drawn(name: string, values: readonly number[]): Figure {
    const { flush } = yardsticks;
    const of = compared(name, values, ['ping', 'flush', 'commit']);
    const text = `at most one raw fsync and ${MAX_DRAW_OVER_FLUSH_MS} ms at p50`;
    return limited(of, text, of.p50 <= flush.p50 + MAX_DRAW_OVER_FLUSH_MS);
  }
  function shown(name: string, values: readonly number[]): Figure {
    const of = compared(name, values, ['tellAll', 'tellDisplays', 'flush']);
    const text = `at most ${MAX_NEXT_BY_BROADCAST} times the raw broadcast to ${devices} at p50`;
    return limited(of, text, of.p50 <= MAX_NEXT_BY_BROADCAST * yardsticks.tellAll.p50);
  }

  return [
    figure('raw: 300 bytes appended, fsync', office.flush),
    figure('raw: one row committed by SQLite, synchronous=FULL', office.commit),
    figure('raw: socket.io message, acknowledged', office.ping),
    figure(`raw: socket.io broadcast to the last of ${displays} clients`, office.tellDisplays),
    figure(`raw: socket.io broadcast to the last of ${devices} clients`, office.tellAll),
    drawn('web mode: tap until the ticket is committed and shown', office.drawInBrowser),
    drawn('device: tap until the ticket is committed and shown', office.drawOnDevice),
    compared('web mode: "next" until the clerk has the number', office.nextInBrowser, ['ping', 'flush', 'commit']),
    compared('device: "next" until the clerk has the number', office.nextOnDevice, ['ping', 'flush', 'commit']),
    shown(`web mode: "next" until the last of ${displays} displays has it`, office.nextInBrowserToDisplays),
    shown(`device: "next" until the last of ${displays} displays has it`, office.nextOnDeviceToDisplays),
    ...(browser === null
      ? []
      : [
          compared('device: "next" until Chromium has painted it', browser.nextToPixels, ['tellAll', 'flush']),
          ...Object.entries(browser.firstPaint).map(([app, values]) => figure(`${app}: first paint`, values)),
        ]),
  ];
}

const seconds = (values: readonly number[]) => values.map((ms) => ms / 1_000);

function dayFigures({ events, costs, catchUps, heap, restarts }: DaySpans): readonly Figure[] {
  const [firstCost] = costs;
  const catchUp = figure(`a new device fetches ${thousands(events)} events`, seconds(catchUps), 's');
  return [
    figure(`hub: process start with a day of ${thousands(events)} events until /health is ok`, restarts),
    figure(`hub: memory with a day of ${thousands(events)} events`, [heap.residentBytes / MEGABYTE], 'MB'),
    figure('hub: of that in use, garbage apart', [heap.usedBytes / MEGABYTE], 'MB'),
    limited(catchUp, `less than ${MAX_BENCH_CATCH_UP_S} s`, catchUp.p99 < MAX_BENCH_CATCH_UP_S),
    ...costs.map(({ events: by, us }) => {
      const of = figure(`cost of an event at ${thousands(by)} events`, [us], 'µs');
      if (firstCost === undefined || firstCost.events === by) return of;
      return limited(of, `at most ${MAX_COST_GROWTH} times the first`, us <= MAX_COST_GROWTH * firstCost.us);
    }),
  ];
}

function crowdFigures({ devices, missed, quiet, crowded, backMs }: CrowdSpans): readonly Figure[] {
  const next = 'web mode: "next" until the clerk has the number';
  const inCrowd = figure(`${next}, while ${devices} devices come back at once`, crowded);
  return [
    figure(`${next}, ${devices} devices connected`, quiet),
    limited(inCrowd, `less than ${MAX_CALL_IN_CROWD_MS} ms at p99`, inCrowd.p99 < MAX_CALL_IN_CROWD_MS),
    figure(
      `${devices} devices come back at once, until each has the ${thousands(missed)} events it lacks`,
      seconds([backMs]),
      's',
    ),
  ];
}
