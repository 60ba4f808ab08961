import { describe, expect, it } from 'vitest';
import { DEFAULT_LOCATION_FILE, HELP, parseStartOptions } from './start-options.ts';

const from = '/work';
const lineOf = (...args: string[]) => {
  const result = parseStartOptions(args, from);
  return result.ok ? null : result.refusal.line;
};

describe('parseStartOptions', () => {
  it('needs nothing', () => {
    expect(parseStartOptions([], from)).toEqual({
      ok: true,
      value: {
        port: undefined,
        host: '127.0.0.1',
        dataFolder: undefined,
        fresh: false,
        locationFile: DEFAULT_LOCATION_FILE,
        openAllDay: false,
        acceptClock: false,
        demo: false,
        shell: 'windows',
        help: false,
      },
    });
  });

  it('reads every option, paths from the folder the command was typed in', () => {
    const args =
      '--port 4800 --host 0.0.0.0 --data ./data --fresh --location=my.json --open-hours --accept-clock --demo --web --no-open';
    expect(parseStartOptions(args.split(' '), from)).toEqual({
      ok: true,
      value: {
        port: 4800,
        host: '0.0.0.0',
        dataFolder: '/work/data',
        fresh: true,
        locationFile: '/work/my.json',
        openAllDay: true,
        acceptClock: true,
        demo: true,
        shell: 'nothing',
        help: false,
      },
    });
  });

  it.each([
    [['--prot', '1'], "Unknown option '--prot'. See npm start -- --help"],
    [['here'], /^Unexpected argument 'here'\. See/],
    [['--port'], /^Option '--port <value>' argument missing\. See/],
    [['--fresh=no'], /^Option '--fresh' does not take an argument\. See/],
    [['--port', 'abc'], '--port expects a port from 0 to 65535, not "abc". See npm start -- --help'],
    [['--port', '65536'], /^--port expects/],
    [['--port', '-1'], /./],
    [['--data', ''], /^--data expects/],
  ])('%j is refused in one clear line', (args, expected) => {
    const line = lineOf(...args);
    expect(line).toMatch(expected);
    expect(line).not.toContain('\n');
  });

  it('--web wants the browser', () => {
    expect(parseStartOptions(['--web'], from)).toMatchObject({ ok: true, value: { shell: 'browser' } });
  });

  it('takes the highest port, and 0 for any', () => {
    expect(parseStartOptions(['--port', '65535'], from)).toMatchObject({ ok: true, value: { port: 65_535 } });
    expect(parseStartOptions(['--port', '0'], from)).toMatchObject({ ok: true, value: { port: 0 } });
  });

  it('explains every option', () => {
    const names = 'port host data fresh location open-hours accept-clock demo web no-open help'.split(' ');
    for (const name of names) expect(HELP).toContain(`--${name} `);
  });
});
