import { createTestHost } from '@aufruf/shared/bridge/test/test-host';
import { config } from '@aufruf/shared/domain/views/test/fixtures';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { OwnHub } from '@aufruf/shared/takeover/own-hub';
import { createTestOwnHub } from '@aufruf/shared/takeover/test/test-own-hub';
import { describe, expect, it, vi } from 'vitest';
import { withMachine } from './with-machine.ts';

const device = 'counter-1' as DeviceId;
const PLACE = { device, address: 'http://192.168.7.20:4701' };
const setUpWith = 'http://192.168.7.10:4700';

function setUp(ownHub: OwnHub | undefined) {
  const aside: boolean[] = [];
  let now = 1_000;
  const engine = {
    servedBy: () => device,
    standAside: (isAside: boolean) => void aside.push(isAside),
    now: () => now,
  };
  const { host, end } = withMachine(createTestHost(), { device, setUpWith, engine, ownHub });
  return {
    host,
    end,
    aside,
    view: () => host.machine?.view(),
    setNow(at: number) {
      now = at;
    },
  };
}

describe('withMachine', () => {
  it('M5: says which device it is, who serves it, and what becomes of the hub it hosts, since when', () => {
    const { ownHub, tell } = createTestOwnHub();
    const { host, view, setNow } = setUp(ownHub);
    const onChange = vi.fn();
    host.onChange(onChange);
    expect(view()).toEqual({
      device,
      setUpWith,
      canHost: true,
      servedBy: device,
      ownHub: { state: 'none' },
      ownHubSince: 1_000,
    });
    setNow(2_000);
    expect(host.machine?.takeOver(PLACE, config())).toEqual({ ok: true, value: null });
    setNow(3_000);
    tell({ type: 'up' });
    expect(view()).toMatchObject({ ownHub: { state: 'refilling' }, ownHubSince: 3_000 });
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('M5: the device makes room for a hub here, and is a relay again when it cannot be', () => {
    const { ownHub, tell } = createTestOwnHub();
    const { aside } = setUp(ownHub);
    ownHub.takeOver(PLACE, config());
    tell({ type: 'up' });
    tell({ type: 'refused', reason: 'notPublished' });
    expect(aside).toEqual([false, true, true, false]);
  });

  it('M5: a device that is opened while its machine hosts a hub is no relay from the start', () => {
    const { ownHub } = createTestOwnHub();
    ownHub.start({ locationFile: '/etc/mitte.json', port: 4701 });
    expect(setUp(ownHub).aside).toEqual([true]);
  });

  it('M5: a device that is closed has no say any more', () => {
    const { ownHub } = createTestOwnHub();
    const { aside, end } = setUp(ownHub);
    end();
    ownHub.takeOver(PLACE, config());
    expect(aside).toEqual([false]);
  });

  it('M5: a program without a hub cannot host one', () => {
    const { view, host } = setUp(undefined);
    expect(view()).toMatchObject({ canHost: false, ownHub: { state: 'none' } });
    expect(host.machine?.takeOver(PLACE, config())).toMatchObject({ ok: false });
  });
});
