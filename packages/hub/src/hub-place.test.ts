import { LIMITS, type LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { withHubAt } from './hub-place.ts';
import { bigLocation } from './test/big-location.ts';

const at = (device: string, address = `http://${device}:4701`) => ({ device: device as DeviceId, address });
const [first, second] = [at('counter-3'), at('kiosk-2')];
const HOME = at('hub', 'http://hub:4700');
const config = (sync: Partial<LocationConfig['sync']>): LocationConfig => ({
  ...bigLocation(),
  sync: { relays: [first, second], ...sync },
});

describe('withHubAt', () => {
  it('M5: names the place, as the next version; the device there is no relay any more', () => {
    const next = withHubAt(config({}), first);
    expect(next.version).toBe(config({}).version + 1);
    expect(next.sync).toEqual({ hub: first.address, hubDevice: 'counter-3', relays: [second] });
  });

  it('M5: the device whose machine the hub leaves is a relay again, the last one', () => {
    const moved = withHubAt(withHubAt(config({}), first), second);
    expect(moved.sync).toEqual({ hub: second.address, hubDevice: 'kiosk-2', relays: [first] });
    expect(withHubAt(moved, first).sync?.relays).toEqual([second]);
  });

  it('M5: where it was on a machine of its own stays known, until it is there again', () => {
    const moved = withHubAt(config({ hub: HOME.address }), first);
    expect(moved.sync?.formerHubs).toEqual([HOME.address]);
    expect(withHubAt(moved, second).sync?.formerHubs).toEqual([HOME.address]);
    expect(withHubAt(moved, HOME).sync).toEqual({ hub: HOME.address, hubDevice: 'hub', relays: [second, first] });
  });

  it('M5: a device that the location no longer has stands in for nobody; its address stays known', () => {
    const gone = config({ hub: 'http://old:4701', hubDevice: 'kiosk-99' as DeviceId });
    expect(withHubAt(gone, first).sync).toMatchObject({ relays: [second], formerHubs: ['http://old:4701'] });
  });

  it('M5: the same machine at another address is no relay of its own', () => {
    const moved = withHubAt(withHubAt(config({}), first), at('counter-3', 'http://new:4701'));
    expect(moved.sync).toMatchObject({ relays: [second], formerHubs: [first.address] });
  });

  it('M5: not more former places are kept than LIMITS.formerHubs, nor more relays than LIMITS.relays', () => {
    const formerHubs = Array.from({ length: LIMITS.formerHubs }, (_, i) => `http://old-${i}:4700`);
    const moved = withHubAt(config({ hub: HOME.address, formerHubs }), first);
    expect(moved.sync?.formerHubs).toEqual([HOME.address, ...formerHubs.slice(0, -1)]);
    const relays = Array.from({ length: LIMITS.relays }, (_, i) => at(`kiosk-${10 + i}`));
    const full = config({ hub: first.address, hubDevice: first.device, relays });
    expect(withHubAt(full, HOME).sync).toMatchObject({ relays, formerHubs: [first.address] });
    expect(withHubAt({ ...full, sync: { ...full.sync, relays: relays.slice(1) } }, HOME).sync?.relays).toHaveLength(
      LIMITS.relays,
    );
  });
});
