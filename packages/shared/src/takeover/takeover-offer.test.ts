import { describe, expect, it } from 'vitest';
import { config } from '../domain/views/test/fixtures.ts';
import type { DeviceId } from '../lib/ids.ts';
import { portOf } from './hub-place.ts';
import { takeoverOffer } from './takeover-offer.ts';

const device = 'counter-1' as DeviceId;
const address = 'http://192.168.7.20:4701';
const machine = { device, canHost: true, servedBy: device };
const relays = [
  { device: 'kiosk-1' as DeviceId, address: 'http://192.168.7.21:4701' },
  { device, address },
];
const located = (sync: object = { relays }) => ({ ...config(), sync: { relays: [], ...sync } });

describe('takeoverOffer', () => {
  it.each(['RELAY', 'ALONE'] as const)(
    'M5: a relay\u2019s machine is offered its own address while the hub is silent: %s',
    (mode) => {
      expect(takeoverOffer({ config: located(), machine, mode })).toEqual({ ok: true, value: { device, address } });
    },
  );

  it.each([
    ['hubAnswers', { mode: 'ORDERED' }],
    ['connecting', { mode: 'CONNECTING' }],
    ['otherServes', { machine: { ...machine, servedBy: 'kiosk-1' as DeviceId }, mode: 'RELAY' }],
    ['noMachine', { machine: null }],
    ['cannotHost', { machine: { ...machine, canHost: false } }],
    ['noRelay', { config: located({}) }],
    ['noRelay', { config: config() }],
    ['isHub', { config: located({ hubDevice: device }), mode: 'ORDERED' }],
    ['cannotHost', { config: located({ relays: [{ device, address: 'https://aufruf.example' }] }) }],
    // What a person can change in the configuration is said before what passes by itself.
    ['noRelay', { config: config(), mode: 'ORDERED' }],
  ] as const)('M5: not offered: %s', (type, other) => {
    expect(takeoverOffer({ config: located(), machine, mode: 'ALONE', ...other })).toEqual({
      ok: false,
      refusal: { type },
    });
  });
});

it.each([
  ['http://192.168.7.20:4701', 4701],
  ['http://192.168.7.20:4701/', 4701],
  ['http://server', 80],
  ['http://[::1]:4800', 4800],
  ['http://[::1]', 80],
])('the port of %s is %i', (where, port) => {
  expect(portOf({ address: where })).toBe(port);
});
