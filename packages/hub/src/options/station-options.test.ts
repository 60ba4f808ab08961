import { describe, expect, it } from 'vitest';
import { parseStationOptions, STATION_HELP } from './station-options.ts';

const parse = (args: string, env: Readonly<Record<string, string>> = {}) =>
  parseStationOptions({ args: args.split(' ').filter((arg) => arg !== ''), env }, '/work');
const lineOf = (args: string, env?: Readonly<Record<string, string>>) => {
  const result = parse(args, env);
  return result.ok ? null : result.refusal.line;
};

const kiosk = {
  hubUrl: 'http://hub:4700',
  caller: { role: 'kiosk', kioskId: 'kiosk-1' },
  port: 4710,
  host: '127.0.0.1',
  dataFolder: undefined,
  logFolder: undefined,
  logLevel: 'info',
};

describe('options of npm run station', () => {
  it('need the hub and one station; everything else has a default', () => {
    expect(parse('--hub http://hub:4700/ --kiosk kiosk-1')).toEqual({ ok: true, value: kiosk });
    expect(parse('', { AUFRUF_HUB: 'http://hub:4700', AUFRUF_KIOSK: 'kiosk-1' })).toEqual({ ok: true, value: kiosk });
    expect(
      parse('--hub https://hub --display d-1 --port 80 --host 0.0.0.0 --data d --log - --log-level debug'),
    ).toEqual({
      ok: true,
      value: {
        hubUrl: 'https://hub',
        caller: { role: 'display', displayId: 'd-1' },
        port: 80,
        host: '0.0.0.0',
        dataFolder: '/work/d',
        logFolder: null,
        logLevel: 'debug',
      },
    });
    expect(parse('--hub http://hub --counter counter-7 --log l')).toMatchObject({
      value: { caller: { role: 'clerk', counterId: 'counter-7' }, logFolder: '/work/l' },
    });
  });

  it('Bad input: no hub, no station, two stations and what is no address are refused in a line that says what to do', () => {
    const help = 'See npm run station -- --help';
    expect(lineOf('--kiosk kiosk-1')).toBe(
      `--hub or AUFRUF_HUB is needed: the hub's address, like http://192.168.7.20:4700. ${help}`,
    );
    expect(lineOf('--hub http://hub')).toBe(`A station is one of --kiosk, --display and --counter. ${help}`);
    expect(lineOf('--hub http://hub --kiosk k --display d')).toBe(
      `A station is one of --kiosk, --display and --counter. ${help}`,
    );
    for (const hub of ['hub:4700', 'ftp://hub', 'nonsense', `http://${'h'.repeat(600)}`]) {
      expect(lineOf(`--hub ${hub} --kiosk k`)).toMatch(/^--hub expects the hub's address/);
    }
    expect(lineOf('--hub http://hub --kiosk Kiosk_1')).toMatch(/^--kiosk expects a kiosk's id/);
  });

  it('have a help that names each with its variable', () => {
    expect(parse('--help')).toEqual({ ok: true, value: null });
    for (const name of ['--hub URL', '--kiosk ID', '--port N', 'AUFRUF_COUNTER']) expect(STATION_HELP).toContain(name);
  });
});
