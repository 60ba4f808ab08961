/**
 * Number ranges: rule N1, (day, series, number) is unique in every partition because lanes are disjoint from the start;
 * and every kiosk has numbers of its own for the time without a hub.
 */
import { BLOCK_SIZE, blocksOf, LEAST_BLOCKS, reserveDevices } from '../ticket/lanes.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { LocationConfig, NumberSeries } from './schema.ts';

const SPANS = ['main', 'reserve', 'overflow'] as const;

export function checkSeries(config: LocationConfig): ConfigProblem[] {
  const prefixes = new Map<string, number>();
  return config.series.flatMap((series, i) => {
    const problems = [...checkSpans(series, `series[${i}]`), ...checkReserve(config, series, `series[${i}]`)];
    const before = prefixes.get(series.prefix);
    if (before === undefined) prefixes.set(series.prefix, i);
    else {
      problems.unshift({
        path: `series[${i}].prefix`,
        expected: `a letter of its own; "${series.prefix}" stands already in series[${before}].prefix`,
      });
    }
    return problems;
  });
}

function checkReserve(config: LocationConfig, { reserve }: NumberSeries, path: string): ConfigProblem[] {
  const devices = reserveDevices(config).length;
  if (reserve.first > reserve.last || blocksOf(reserve).length >= devices * LEAST_BLOCKS) return [];
  const least = devices * LEAST_BLOCKS * BLOCK_SIZE;
  return [
    {
      path: `${path}.reserve`,
      expected: `at least ${least} numbers, ${LEAST_BLOCKS * BLOCK_SIZE} for each kiosk and relay; it has ${reserve.last - reserve.first + 1}`,
    },
  ];
}

function checkSpans(series: NumberSeries, path: string): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const highest = 10 ** series.digits - 1;
  SPANS.forEach((name, index) => {
    const span = series[name];
    if (span.first > span.last) {
      problems.push({ path: `${path}.${name}.last`, expected: `a number not below first, which is ${span.first}` });
    }
    if (span.last > highest) {
      const room = `at most ${highest}, the highest number of ${series.digits} digits; or more digits`;
      problems.push({ path: `${path}.${name}.last`, expected: room });
    }
    for (const other of SPANS.slice(0, index)) {
      const { first, last } = series[other];
      if (span.first <= last && first <= span.last) {
        problems.push({
          path: `${path}.${name}`,
          expected: `numbers that are not in ${other}, which has ${first} to ${last}`,
        });
      }
    }
  });
  return problems;
}
