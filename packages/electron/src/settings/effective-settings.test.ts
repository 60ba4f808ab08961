import type { DeviceId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { settingsFileSchema } from './device-settings.ts';
import { effectiveSettings } from './effective-settings.ts';
import { parseLaunchOptions } from './launch-options.ts';

const launch = parseLaunchOptions({ args: [], env: {}, from: '/' }).options;
const file = settingsFileSchema.parse({ format: 1, hubUrl: 'http://10.0.0.5:4700', stationId: 'kiosk-1' });
const ownHub = { locationFile: '/etc/mitte.json', port: 4711 };

describe('effectiveSettings', () => {
  it('nothing is known before the first set-up', () => {
    expect(effectiveSettings(launch, null)).toEqual({ hubUrl: null, stationId: null, ownHub: null });
  });

  it('the file counts, and what the start says counts more', () => {
    expect(effectiveSettings(launch, file)).toMatchObject({ hubUrl: 'http://10.0.0.5:4700', stationId: 'kiosk-1' });
    const said = { ...launch, hubUrl: 'http://10.0.0.9:4700', stationId: 'kiosk-2' as DeviceId };
    expect(effectiveSettings(said, file)).toMatchObject({ hubUrl: 'http://10.0.0.9:4700', stationId: 'kiosk-2' });
  });

  it('whoever hosts the hub is its first client', () => {
    expect(effectiveSettings({ ...launch, ownHub }, file).hubUrl).toBe('http://127.0.0.1:4711');
    expect(effectiveSettings(launch, { ...file, ownHub }).ownHub).toEqual(ownHub);
    expect(effectiveSettings({ ...launch, ownHub, hubUrl: 'http://10.0.0.9:4700' }, null).hubUrl).toBe(
      'http://10.0.0.9:4700',
    );
  });
});

it.each([
  ['another format', { format: 2 }],
  ['an address that is none', { format: 1, hubUrl: 'ftp://x' }],
  ['a station that is none', { format: 1, stationId: '../kiosk-1' }],
  ['more than it knows', { format: 1, role: 'clerk' }],
])('Bad input: a file with %s counts as none', (_what, json) => {
  expect(settingsFileSchema.safeParse(json).success).toBe(false);
});
