/** Number ranges: rule N1, (day, series, number) is unique in every partition because lanes are disjoint from the start. */
import type { ConfigProblem } from './config-problem.ts';
import type { LocationConfig, NumberSeries } from './schema.ts';

const SPANS = ['main', 'reserve', 'overflow'] as const;

export function checkSeries(config: LocationConfig): ConfigProblem[] {
  const prefixes = new Map<string, number>();
  return config.series.flatMap((series, i) => {
    const problems = checkSpans(series, `series[${i}]`);
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
