import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../lib/ids.ts';
import { hubName, hubPlaceSchema, otherPlaces, portOf } from './hub-place.ts';

const relay = (device: string) => ({ device: device as DeviceId, address: `http://${device}:4701` });

describe('where the hub may be', () => {
  it('M5: on a relay\u2019s machine, or where it was before, in that order; its own place is not among them', () => {
    const relays = [relay('counter-3'), relay('kiosk-2')];
    const sync = { hub: 'http://hub:4700', relays, formerHubs: ['http://old:4700'] };
    expect(otherPlaces({ sync })).toEqual(['http://counter-3:4701', 'http://kiosk-2:4701', 'http://old:4700']);
  });

  it('M5: nowhere else, where the configuration names nothing or is not known yet', () => {
    expect([otherPlaces({ sync: { relays: [] } }), otherPlaces({}), otherPlaces(null)]).toEqual([[], [], []]);
  });

  it('O2: it has a name of its own unless a device\u2019s machine is the hub\u2019s', () => {
    expect([hubName({}), hubName({ sync: { relays: [] } })]).toEqual(['hub', 'hub']);
    expect(hubName({ sync: { relays: [], hubDevice: 'counter-3' as DeviceId } })).toBe('counter-3');
  });

  it('M5: its port is the one that the address names, or the usual one', () => {
    const port = (address: string) => portOf({ address });
    expect([port('http://10.0.0.7:4701'), port('http://[fe80::1]:4702'), port('http://hub')]).toEqual([4701, 4702, 80]);
  });

  it('Bad input: a place is a device and an http address of at most 200 characters', () => {
    const isPlace = (address: unknown) => hubPlaceSchema.safeParse({ device: 'counter-3', address }).success;
    const address = (length: number) => 'http://'.padEnd(length, 'h');
    expect([isPlace(address(200)), isPlace(address(201))]).toEqual([true, false]);
    expect([isPlace('https://hub:4700'), isPlace('hub:4700'), isPlace(undefined)]).toEqual([false, false, false]);
  });
});
