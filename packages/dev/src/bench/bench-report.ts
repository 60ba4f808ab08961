/** A bench's figures for people, as the Markdown that the README shows, and for machines. */
import type { Figure } from './figures.ts';

export interface BenchReport {
  /** ISO 8601. */
  readonly at: string;
  readonly machine: {
    readonly platform: string;
    readonly processor: string;
    readonly processors: number;
    readonly node: string;
    /** Load over the last minute, before the bench began and when it ended; null where the system does not say. */
    readonly load: { readonly before: number; readonly after: number } | null;
  };
  readonly devices: number;
  readonly figures: readonly Figure[];
  /** Why something is missing, and how to read what is there. */
  readonly notes: readonly string[];
}

/** Above this share of its processors a machine is busy with something else before a bench begins. */
const BUSY_SHARE = 0.5;

const round = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

export function reportLines({ at, machine, devices, figures, notes }: BenchReport): readonly string[] {
  const { platform, processor, processors, node, load } = machine;
  const isBusy = load !== null && load.before > processors * BUSY_SHARE;
  const busy = isBusy
    ? ` The machine was busy: load ${round(load.before)} on ${processors} processors before the bench began.`
    : '';
  return [
    `Measured on ${at.slice(0, 10)} with ${devices} connected devices, all on one machine: ${processors} x ${processor}, ${platform}, Node ${node}.${busy}`,
    '',
    '| what | n | p50 | p99 | ratios at p50 (p99) | limit |',
    '|---|---:|---:|---:|---|---|',
    ...figures.map(figureLine),
    '',
    ...notes.map((note) => `- ${note}`),
  ];
}

function figureLine({ name, count, unit, p50, p99, ratios, limit }: Figure): string {
  const compared = ratios.map((ratio) => `${round(ratio.p50)} (${round(ratio.p99)}) x ${ratio.to}`).join('; ');
  const kept = limit === null ? '' : `${limit.text}: ${limit.holds ? 'yes' : '**no**'}`;
  return `| ${name} | ${count} | ${round(p50)} ${unit} | ${round(p99)} ${unit} | ${compared} | ${kept} |`;
}
