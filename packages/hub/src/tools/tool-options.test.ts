import { describe, expect, it } from 'vitest';
import { isToolName, parseToolOptions, TOOLS_HELP } from './tool-options.ts';

const parse = (...words: Parameters<typeof parseToolOptions>[0]) => parseToolOptions(words, '/home/me');
const line = (...words: Parameters<typeof parseToolOptions>[0]) => {
  const parsed = parse(...words);
  return parsed.ok ? null : parsed.refusal.line;
};

describe('commands that look after a database', () => {
  it('takes places relative to where it was typed', () => {
    expect(parse('verify', 'data')).toEqual({ ok: true, value: { name: 'verify', place: '/home/me/data' } });
    expect(parse('backup', '/data', 'b.db')).toMatchObject({ value: { place: '/data', to: '/home/me/b.db' } });
    expect(parse('restore', 'b.db', 'new')).toMatchObject({ value: { file: '/home/me/b.db', folder: '/home/me/new' } });
  });

  it('statistics: a table of all closed days without counters, if nothing is said', () => {
    const wish = { from: null, to: null, format: 'csv', counters: false };
    expect(parse('statistics', 'data')).toMatchObject({ value: { wish } });
    expect(
      parse('statistics', 'data', '--from', '2026-11-01', '--to', '2026-11-30', '--json', '--counters'),
    ).toMatchObject({
      value: { wish: { from: '2026-11-01', to: '2026-11-30', format: 'json', counters: true } },
    });
  });

  it.each([
    [['verify'], 'verify expects DIR'],
    [['backup', 'data'], 'backup expects DIR and TO'],
    [['restore', 'a', 'b', 'c'], 'restore expects FILE and DIR'],
    [['verify', 'data', '--deep'], "Unknown option '--deep'"],
    [['statistics', 'data', '--from', '2026-02-30'], '--from expects a day like 2026-11-23'],
    [['statistics', 'data', '--csv', '--json'], 'not both'],
  ] as [Parameters<typeof parseToolOptions>[0], string][])('%j: says what is wrong', (words, expected) => {
    expect(line(...words)).toContain(expected);
  });

  it('knows its names, and explains itself', () => {
    expect([isToolName('verify'), isToolName('toString'), isToolName('--location'), isToolName(undefined)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(parse('backup', '--help')).toEqual({ ok: true, value: null });
    for (const name of ['verify', 'backup', 'restore', 'statistics']) expect(TOOLS_HELP).toContain(` ${name} `);
  });
});
