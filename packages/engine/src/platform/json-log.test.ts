import { describe, expect, it } from 'vitest';
import { createJsonLog, type LogLevel, MAX_LOG_TEXT } from './json-log.ts';

function collect(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const log = createJsonLog({ level, now: () => 0, write: (line) => lines.push(line) });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('log', () => {
  it('writes one JSON object a line', () => {
    const { log, lines, parsed } = collect();
    log.info('hub\nstarted', { port: 4800 });
    expect(lines[0]?.match(/\n/g)).toHaveLength(1);
    expect(parsed()).toEqual([{ at: '1970-01-01T00:00:00.000Z', level: 'info', message: 'hub\nstarted', port: 4800 }]);
  });

  it('writes its level and all above', () => {
    const { log, parsed } = collect('warn');
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(parsed().map(({ message }) => message)).toEqual(['c', 'd']);
  });

  it('never writes an object, which could be a payload', () => {
    const { log, lines, parsed } = collect();
    log.info('event', { event: { name: 'Ada Lovelace' }, events: [{ name: 'Ada Lovelace' }], none: null });
    expect(lines.join()).not.toContain('Ada');
    expect(parsed()[0]).toMatchObject({ event: '[object]', events: '[array of 1]', none: null });
  });

  it(`cuts a text behind ${MAX_LOG_TEXT} characters`, () => {
    const { log, parsed } = collect();
    const longest = 'x'.repeat(MAX_LOG_TEXT);
    log.info('text', { fits: longest, cut: `${longest}x` });
    expect(parsed()[0]).toMatchObject({ fits: longest, cut: `${longest}…` });
  });

  it('gives name, message, stack and cause of an error', () => {
    const { log, parsed } = collect();
    log.error('failed', { error: new TypeError('outer', { cause: new RangeError('inner') }) });
    const { error } = parsed()[0] as { error: Record<string, string> };
    expect(error).toMatchObject({ name: 'TypeError', message: 'outer', cause: 'RangeError: inner' });
    expect(error.stack).toContain('json-log.test');
  });

  it('does not let a field pass for the time, level or message of the line', () => {
    const { log, parsed } = collect();
    log.info('true', { message: 'false', level: 'error', at: 'never' });
    expect(parsed()[0]).toMatchObject({
      message: 'true',
      level: 'info',
      'field.message': 'false',
      'field.at': 'never',
    });
  });
});
