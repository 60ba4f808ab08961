import { describe, expect, it } from 'vitest';
import { type BenchReport, reportLines } from './bench-report.ts';

const report: BenchReport = {
  at: '2026-05-04T10:00:00.000Z',
  machine: { platform: 'linux-x64', processor: 'Chip', processors: 2, node: '24.0.0', load: { before: 1, after: 2 } },
  devices: 50,
  figures: [
    { name: 'raw', unit: 'ms', count: 100, p50: 0.123, p99: 12.34, ratios: [], limit: null },
    {
      name: 'next',
      unit: 'ms',
      count: 100,
      p50: 4,
      p99: 123.4,
      ratios: [{ to: 'raw', p50: 3.5, p99: 10 }],
      limit: { text: 'at most 3 times', holds: false },
    },
  ],
  notes: ['a note'],
};

describe('reportLines', () => {
  it('is a Markdown table with date, machine, ratios and what was not kept', () => {
    expect(reportLines(report)).toEqual([
      'Measured on 2026-05-04 with 50 connected devices, all on one machine: 2 x Chip, linux-x64, Node 24.0.0.',
      '',
      '| what | n | p50 | p99 | ratios at p50 (p99) | limit |',
      '|---|---:|---:|---:|---|---|',
      '| raw | 100 | 0.12 ms | 12.3 ms |  |  |',
      '| next | 100 | 4.00 ms | 123 ms | 3.50 (10.0) x raw | at most 3 times: **no** |',
      '',
      '- a note',
    ]);
  });

  it('says that the machine was busy, from more than half of its processors on', () => {
    const { machine } = report;
    const [first] = reportLines({ ...report, machine: { ...machine, load: { before: 1.01, after: 2 } } });
    expect(first).toContain('The machine was busy: load 1.01 on 2 processors');
    const [unknown] = reportLines({ ...report, machine: { ...machine, load: null } });
    expect(unknown).not.toContain('busy');
  });
});
