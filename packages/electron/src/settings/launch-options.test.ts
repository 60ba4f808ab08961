import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseLaunchOptions } from './launch-options.ts';

const from = resolve('/srv/aufruf');
const parse = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  parseLaunchOptions({ args, env, from });

describe('parseLaunchOptions', () => {
  it('knows nothing where nothing is said', () => {
    expect(parse()).toEqual({
      options: {
        hubUrl: null,
        stationId: null,
        ownHub: null,
        openAllDay: false,
        takeOver: false,
        dataFolder: null,
        setup: false,
        windowed: false,
        hideCursor: false,
      },
      problems: [],
    });
  });

  it('reads the command line', () => {
    const args = [
      '--hub',
      '10.0.0.5',
      '--station=kiosk-2',
      '--data',
      'kiosk',
      '--setup',
      '--windowed',
      '--hide-cursor',
    ];
    expect(parse(args).options).toMatchObject({
      hubUrl: 'http://10.0.0.5:4700',
      stationId: 'kiosk-2',
      dataFolder: resolve(from, 'kiosk'),
      setup: true,
      windowed: true,
      hideCursor: true,
    });
  });

  it('reads the environment, and the command line wins', () => {
    const env = { AUFRUF_HUB: '10.0.0.5', AUFRUF_STATION: 'kiosk-1', AUFRUF_WINDOWED: '1', AUFRUF_SETUP: '0' };
    expect(parse([], env).options).toMatchObject({
      hubUrl: 'http://10.0.0.5:4700',
      stationId: 'kiosk-1',
      windowed: true,
      setup: false,
    });
    expect(parse(['--station', 'kiosk-2'], env).options.stationId).toBe('kiosk-2');
    expect(parse([], { AUFRUF_HUB: '', AUFRUF_WINDOWED: 'no' }).options).toMatchObject({
      hubUrl: null,
      windowed: false,
    });
  });

  it('leaves arguments of others alone', () => {
    const args = ['--inspect=0', '--remote-debugging-port=0', 'apps/kiosk', '--no-sandbox', '--hub', '10.0.0.5', '-x'];
    expect(parse(args)).toMatchObject({ options: { hubUrl: 'http://10.0.0.5:4700' }, problems: [] });
  });

  it('a hub of its own takes a location and a port', () => {
    expect(parse(['--host-hub', '--location', 'mitte.json']).options.ownHub).toEqual({
      locationFile: resolve(from, 'mitte.json'),
      port: 4700,
    });
    const env = { AUFRUF_HOST_HUB: '1', AUFRUF_LOCATION: resolve('/etc/mitte.json'), AUFRUF_HUB_PORT: '65535' };
    expect(parse([], env).options.ownHub).toEqual({ locationFile: resolve('/etc/mitte.json'), port: 65_535 });
    expect(parse(['--location', 'mitte.json']).options.ownHub).toBeNull();
  });

  it('opening hours are ignored by the command line alone', () => {
    expect(parse(['--open-hours']).options.openAllDay).toBe(true);
    expect(parse([], { AUFRUF_OPEN_HOURS: '1' }).options.openAllDay).toBe(false);
  });

  it('M5: a hub takes over by the command line alone', () => {
    expect(parse(['--take-over']).options.takeOver).toBe(true);
    expect(parse([], { AUFRUF_TAKE_OVER: '1' }).options.takeOver).toBe(false);
  });

  it.each([
    [['--hub', 'http://10.0.0.5/kiosk'], /^--hub .*address of a hub/],
    [['--station', 'Kiosk 1'], /^--station "Kiosk 1": /],
    [['--host-hub'], /^--host-hub needs --location/],
    [['--hub-port', '0'], /^--hub-port "0"/],
    [['--hub-port', '65536'], /^--hub-port "65536"/],
    [['--hub-port', 'x'], /^--hub-port "x": expected a port/],
    [['--hub'], /^--hub "true"/],
  ])('Bad input: %j is named and counts as not given', (args, problem) => {
    const { options, problems } = parse(args);
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(options).toEqual(parse().options);
  });
});
