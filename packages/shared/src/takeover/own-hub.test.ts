import { describe, expect, it, vi } from 'vitest';
import { config } from '../domain/views/test/fixtures.ts';
import type { DeviceId } from '../lib/ids.ts';
import { HUB_REFUSALS } from '../protocol/hub-child.ts';
import { failureOf, HUB_FAILURES } from './own-hub-status.ts';
import { createTestOwnHub } from './test/test-own-hub.ts';

const PLACE = { device: 'counter-1' as DeviceId, address: 'http://192.168.7.20:4701' };
const TAKING = { locationFile: '/data/test-office.json', port: 4701, takeOver: PLACE };
const TAKEN = { locationFile: '/data/test-office.json', port: 4701 };
const BEFORE = { locationFile: '/etc/mitte.json', port: 4700 };

describe('createOwnHub', () => {
  it('M5: keeps the choice, says so, starts the hub with it; once its place is published it takes over no more', () => {
    const { ownHub, started, kept, wish, tell } = createTestOwnHub();
    const seen: string[] = [];
    ownHub.onChange(() => seen.push(`${ownHub.status().state}, ${kept.length} kept, ${started.length} started`));
    expect(ownHub.takeOver(PLACE, config())).toEqual({ ok: true, value: null });
    expect([kept, started]).toEqual([[TAKING], [TAKING]]);
    tell({ type: 'up' });
    tell({ type: 'tookOver' });
    expect(seen).toEqual(['starting, 1 kept, 0 started', 'refilling, 1 kept, 1 started', 'hub, 2 kept, 1 started']);
    expect([kept.at(-1), wish()]).toEqual([TAKEN, TAKEN]);
  });

  it('M5: a restart in the middle goes on with it', () => {
    const { ownHub, kept, tell } = createTestOwnHub();
    ownHub.start(TAKING);
    tell({ type: 'up' });
    expect(ownHub.status()).toEqual({ state: 'refilling' });
    tell({ type: 'tookOver' });
    expect([ownHub.status(), kept]).toEqual([{ state: 'hub' }, [TAKEN]]);
  });

  it('M5: a hub that has moved on is none of this machine any more; made the hub again, it makes room', async () => {
    const { ownHub, started, kept, tell, stops } = createTestOwnHub();
    ownHub.start(TAKEN);
    tell({ type: 'up' });
    tell({ type: 'moved' });
    expect(ownHub.status()).toEqual({ state: 'none' });
    expect(ownHub.takeOver(PLACE, config())).toEqual({ ok: true, value: null });
    await vi.waitFor(() => expect(started).toEqual([TAKEN, TAKING]));
    tell({ type: 'up' });
    tell({ type: 'tookOver' });
    expect([ownHub.status(), kept.at(-1), stops()]).toEqual([{ state: 'hub' }, TAKEN, 1]);
  });

  it('M5: asked for the same place again it does nothing more', () => {
    const { ownHub, started, kept } = createTestOwnHub();
    ownHub.takeOver(PLACE, config());
    expect(ownHub.takeOver(PLACE, config())).toEqual({ ok: true, value: null });
    expect([started, kept]).toEqual([[TAKING], [TAKING]]);
  });

  it.each(HUB_REFUSALS)(
    'M5: a takeover that fails (%s) leaves the machine as it was, and can be tried again',
    async (reason) => {
      const { ownHub, started, kept, tell, stops } = createTestOwnHub();
      ownHub.takeOver(PLACE, config());
      tell({ type: 'refused', reason });
      tell({ type: 'ended' });
      expect(ownHub.status()).toEqual({ state: 'failed', failure: failureOf(reason) });
      expect([kept, stops()]).toEqual([[TAKING, null], 1]);
      expect(ownHub.takeOver(PLACE, config())).toEqual({ ok: true, value: null });
      expect(started).toEqual([TAKING, TAKING]);
    },
  );

  it('M5: so does one whose hub breaks; nobody tries again behind the supervisor\u2019s back', () => {
    const { ownHub, kept, tell, stops } = createTestOwnHub();
    ownHub.takeOver(PLACE, config());
    tell({ type: 'up' });
    tell({ type: 'ended' });
    tell({ type: 'up' });
    expect(ownHub.status()).toEqual({ state: 'failed', failure: 'unexpected' });
    expect([kept.at(-1), stops()]).toEqual([null, 1]);
  });

  it('M5: a hub that was hosted before makes room, and is hosted again if the takeover fails', async () => {
    const { ownHub, started, kept, tell, stops } = createTestOwnHub();
    ownHub.start(BEFORE);
    tell({ type: 'up' });
    ownHub.takeOver(PLACE, config());
    await vi.waitFor(() => expect(started).toEqual([BEFORE, TAKING]));
    expect(stops()).toBe(1);
    tell({ type: 'refused', reason: 'portBusy' });
    await vi.waitFor(() => expect(started).toEqual([BEFORE, TAKING, BEFORE]));
    expect(kept.at(-1)).toEqual(BEFORE);
  });

  it('S3: a disk that refuses the choice refuses the takeover: nothing has begun', () => {
    const { ownHub, started, disk, lines } = createTestOwnHub();
    disk.refuses = true;
    expect(ownHub.takeOver(PLACE, config())).toEqual({ ok: false, refusal: { type: 'storageFailed' } });
    expect([ownHub.status(), started]).toEqual([{ state: 'none' }, []]);
    expect(lines).toEqual(['error: a takeover could not be kept, and has not begun']);
  });

  it('a hub that the machine is set up with is waited for, whatever happens to it', () => {
    const { ownHub, tell, stops } = createTestOwnHub();
    ownHub.start(BEFORE);
    tell({ type: 'refused', reason: 'portBusy' });
    tell({ type: 'ended' });
    expect(ownHub.status()).toEqual({ state: 'failed', failure: 'port' });
    tell({ type: 'up' });
    expect(ownHub.status()).toEqual({ state: 'hub' });
    tell({ type: 'ended' });
    expect(ownHub.status()).toEqual({ state: 'starting' });
    expect(stops()).toBe(0);
  });

  it('stops the hub with the machine, and says nothing after', async () => {
    const { ownHub, stops } = createTestOwnHub();
    const told = vi.fn();
    ownHub.start(BEFORE);
    ownHub.onChange(told);
    await ownHub.stop();
    expect([stops(), told.mock.calls]).toEqual([1, []]);
  });
});

it('every reason why a hub cannot start is one that people have words for', () => {
  expect(HUB_REFUSALS.map(failureOf).every((failure) => HUB_FAILURES.includes(failure))).toBe(true);
});
