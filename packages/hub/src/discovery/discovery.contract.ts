/** What every implementation of `Discovery` does. */
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { Announcement, Discovery, Heard } from '@aufruf/shared/protocol/discovery';
import { mitte } from '@aufruf/shared/protocol/test/announcement';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

export const heardAt = (announcement: Announcement): Heard => ({
  ...announcement,
  url: `http://127.0.0.1:${announcement.port}`,
});
export const onLoopback = (): readonly string[] => ['127.0.0.1'];

/** Long, for a machine that is busy with other things. */
const WAIT = { timeout: 20_000, interval: 10 };

/** `open`: what two machines of one network have. */
export function describeDiscovery(name: string, open: () => Promise<readonly [Discovery, Discovery]>): void {
  describe(`Discovery: ${name}`, { timeout: 60_000 }, () => {
    let one: Discovery;
    let other: Discovery;
    let stops: (() => void)[];
    beforeEach(async () => {
      stops = [];
      [one, other] = await open();
    });
    afterEach(() => {
      for (const stop of stops) stop();
    });
    function announce(announcement: Announcement): () => void {
      const stop = one.announce(announcement, onLoopback);
      stops.push(stop);
      return stop;
    }
    function browse(): { readonly heard: () => readonly Heard[]; readonly stop: () => void } {
      let heard: readonly Heard[] = [];
      const stop = other.browse((all) => {
        heard = all;
      });
      stops.push(stop);
      return { heard: () => heard, stop };
    }
    const relay: Announcement = { ...mitte, role: 'relay', device: 'counter-1' as DeviceId, port: 4712 };

    it('whoever is there already is heard, with address and name', async () => {
      announce(mitte);
      const { heard } = browse();
      await vi.waitFor(() => expect(heard()).toEqual([heardAt(mitte)]), WAIT);
    });

    it('whoever comes later is heard, too, beside the others', async () => {
      const { heard } = browse();
      announce(mitte);
      await vi.waitFor(() => expect(heard()).toEqual([heardAt(mitte)]), WAIT);
      announce({ ...relay, incarnation: 'b'.repeat(32) as Incarnation });
      await vi.waitFor(() => expect(heard().map(({ role }) => role)).toEqual(['hub', 'relay']), WAIT);
    });

    it('whoever says goodbye is heard no more; others are', async () => {
      const { heard } = browse();
      const goodbye = announce(mitte);
      announce(relay);
      await vi.waitFor(() => expect(heard()).toHaveLength(2), WAIT);
      goodbye();
      await vi.waitFor(() => expect(heard()).toEqual([heardAt(relay)]), WAIT);
      goodbye();
    });

    it('a new announcement in place of an old one is what is heard', async () => {
      const { heard } = browse();
      announce(mitte)();
      const renamed = { ...mitte, name: { de: 'Neu', en: 'New' } };
      announce(renamed);
      await vi.waitFor(() => expect(heard()).toEqual([heardAt(renamed)]), WAIT);
    });

    it('who has stopped searching hears nothing any more; others go on', async () => {
      const first = browse();
      first.stop();
      first.stop();
      const second = browse();
      announce(mitte);
      await vi.waitFor(() => expect(second.heard()).toHaveLength(1), WAIT);
      expect(first.heard()).toEqual([]);
    });
  });
}
