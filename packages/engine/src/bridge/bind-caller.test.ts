import { BRIDGE_VERSION } from '@aufruf/shared/bridge/bridge';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { describe, expect, it } from 'vitest';
import { bindCaller } from './bind-caller.ts';

const config = {
  kiosks: [{ id: 'kiosk-1' }, { id: 'kiosk-2' }],
  displays: [{ id: 'display-1' }],
  counters: [{ id: 'counter-1' }],
} as unknown as LocationConfig;
const bridgeVersion = BRIDGE_VERSION;

describe('bindCaller', () => {
  it('binds to the first station where none is asked for', () => {
    expect(bindCaller('kiosk', { bridgeVersion }, config)).toEqual({
      ok: true,
      value: { role: 'kiosk', kioskId: 'kiosk-1' },
    });
    expect(bindCaller('display', { bridgeVersion }, config)).toEqual({
      ok: true,
      value: { role: 'display', displayId: 'display-1' },
    });
    expect(bindCaller('clerk', { bridgeVersion }, config)).toEqual({
      ok: true,
      value: { role: 'clerk', counterId: null },
    });
    expect(bindCaller('visitor', { bridgeVersion }, config)).toEqual({ ok: true, value: { role: 'visitor' } });
  });

  it('binds to the station asked for', () => {
    expect(bindCaller('kiosk', { bridgeVersion, station: 'kiosk-2' }, config)).toMatchObject({
      value: { kioskId: 'kiosk-2' },
    });
    expect(bindCaller('clerk', { bridgeVersion, station: 'counter-1' }, config)).toMatchObject({
      value: { counterId: 'counter-1' },
    });
  });

  it('Bad input: a station the location lacks is refused by name, and those that exist are listed', () => {
    expect(bindCaller('kiosk', { bridgeVersion, station: 'kiosk-9' }, config)).toEqual({
      ok: false,
      refusal: { type: 'unknownName', detail: 'no kiosk "kiosk-9" at this location; known: kiosk-1, kiosk-2' },
    });
    expect(bindCaller('clerk', { bridgeVersion, station: 'kiosk-1' }, config)).toMatchObject({
      refusal: { type: 'unknownName' },
    });
    expect(bindCaller('display', { bridgeVersion }, null)).toMatchObject({ refusal: { type: 'unknownName' } });
  });

  it('Bad input: another bridge version is refused as wrongVersion, even in an unknown shape', () => {
    for (const handshake of [{ bridgeVersion: BRIDGE_VERSION + 1 }, { bridgeVersion: 0, place: 'here' }]) {
      expect(bindCaller('kiosk', handshake, config)).toMatchObject({ ok: false, refusal: { type: 'wrongVersion' } });
    }
  });

  it.each([
    undefined,
    null,
    'hello',
    {},
    { bridgeVersion, station: 7 },
    { bridgeVersion, role: 'clerk' },
    { bridgeVersion: '1' },
  ])('Bad input: the handshake %j is malformed', (handshake) => {
    expect(bindCaller('kiosk', handshake, config)).toMatchObject({ ok: false, refusal: { type: 'malformed' } });
  });
});
