import { checkReferences } from '@aufruf/shared/domain/location-config/check-references';
import { describe, expect, it } from 'vitest';
import { MAX_DEVICES, MIN_DEVICES, officeShape, simulatedOffice } from './office.ts';

describe('simulatedOffice', () => {
  it('is a configuration that a hub would publish, of any size: otherwise no takeover could name the new place', () => {
    for (let devices = MIN_DEVICES; devices <= MAX_DEVICES; devices += 1) {
      const { config } = simulatedOffice(officeShape(devices), { mainNumbers: 6_000, relays: 3 });
      expect(checkReferences(config), `${devices} devices`).toEqual([]);
    }
  });
});
