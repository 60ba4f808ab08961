import { describe, expect, it } from 'vitest';
import { HUB_HELP, parseHubOptions } from './hub-options.ts';

const from = '/work';
const parse = (args: string, env: Readonly<Record<string, string>> = {}) =>
  parseHubOptions({ args: args.split(' ').filter((arg) => arg !== ''), env }, from);
const lineOf = (args: string, env?: Readonly<Record<string, string>>) => {
  const result = parse(args, env);
  return result.ok ? null : result.refusal.line;
};

const defaults = {
  port: 4700,
  host: '127.0.0.1',
  dataFolder: undefined,
  fresh: false,
  locationFile: '/work/mitte.json',
  openAllDay: false,
  acceptClock: false,
  backupFolder: null,
  backupsKept: 14,
  isAnnounced: true,
  logFolder: undefined,
  logLevel: 'info',
};
const all = {
  ...defaults,
  port: 4800,
  host: '0.0.0.0',
  dataFolder: '/var/data',
  locationFile: '/etc/mitte.json',
  backupFolder: '/mnt/backup',
  backupsKept: 30,
  isAnnounced: false,
  logFolder: '/var/log/aufruf',
  logLevel: 'debug',
};
const environment = {
  AUFRUF_PORT: '4800',
  AUFRUF_HOST: '0.0.0.0',
  AUFRUF_DATA: '/var/data',
  AUFRUF_LOCATION: '/etc/mitte.json',
  AUFRUF_BACKUP_DIR: '/mnt/backup',
  AUFRUF_BACKUP_KEEP: '30',
  AUFRUF_ANNOUNCE: 'off',
  AUFRUF_LOG: '/var/log/aufruf',
  AUFRUF_LOG_LEVEL: 'debug',
};

describe('parseHubOptions', () => {
  it('needs the location, and says how to name it', () => {
    expect(parse('--location mitte.json')).toEqual({ ok: true, value: defaults });
    expect(lineOf('')).toBe(
      "--location or AUFRUF_LOCATION is needed: the location's configuration file. See npm run hub -- --help",
    );
  });

  it('reads every option, from the command line or from the environment', () => {
    const args =
      '--port 4800 --host 0.0.0.0 --data /var/data --location /etc/mitte.json --log /var/log/aufruf --log-level debug --backup-dir /mnt/backup --backup-keep 30 --announce off';
    expect(parse(args)).toEqual({ ok: true, value: all });
    expect(parse('', environment)).toEqual({ ok: true, value: all });
    expect(parse('--location mitte.json --fresh --open-hours --accept-clock --log -')).toEqual({
      ok: true,
      value: { ...defaults, fresh: true, openAllDay: true, acceptClock: true, logFolder: null },
    });
  });

  it('the command line wins over the environment, and an empty variable is none', () => {
    expect(parse('--port 4900', environment)).toEqual({ ok: true, value: { ...all, port: 4900 } });
    expect(parse('--location mitte.json', { AUFRUF_PORT: '', AUFRUF_HOST: '' })).toEqual({ ok: true, value: defaults });
  });

  it('nothing in the environment deletes data or ignores a clock, which would happen again at every start', () => {
    const env = { ...environment, AUFRUF_FRESH: '1', AUFRUF_ACCEPT_CLOCK: '1', AUFRUF_OPEN_HOURS: '1' };
    expect(parse('', env)).toEqual({ ok: true, value: all });
  });

  it.each([
    [{ AUFRUF_PORT: 'http' }, 'AUFRUF_PORT expects a port from 0 to 65535, not "http". See npm run hub -- --help'],
    [{ AUFRUF_BACKUP_KEEP: '0' }, /^AUFRUF_BACKUP_KEEP expects a number from 1 to 9999, not "0"\./],
    [{ AUFRUF_ANNOUNCE: 'no' }, /^AUFRUF_ANNOUNCE expects on or off, not "no"\./],
    [{ AUFRUF_PORT: '65536' }, /^AUFRUF_PORT expects/],
    [{ AUFRUF_LOG_LEVEL: 'trace' }, /^AUFRUF_LOG_LEVEL expects one of debug, info, warn, error, not "trace"\./],
  ])('%j is refused in one clear line', (env, expected) => {
    expect(lineOf('--location mitte.json', env)).toMatch(expected);
  });

  it('a help that names every option and variable, without anything else given', () => {
    expect(parse('--help')).toEqual({ ok: true, value: null });
    for (const name of [
      'port host data fresh location open-hours accept-clock backup-dir backup-keep announce log log-level help'
        .split(' ')
        .map((word) => `--${word} `),
      Object.keys(environment),
    ].flat()) {
      expect(HUB_HELP).toContain(name);
    }
  });
});
