/** Processes that die at any moment, with no chance to tidy up. */
import { createRandom } from '@aufruf/engine/platform/seeded-random';
import { expect } from 'vitest';
import { faultTest } from './office.ts';
import { SEED } from './seed.ts';

const KILLS = 6;

faultTest(
  'X1, X2, X4, X5, X10, J4: hub and devices killed at any moment under load lose nothing that was acknowledged',
  {
    timeout: 150_000,
  },
  async ({ office }) => {
    const random = createRandom(SEED);
    const stations = [['kiosk-1'], ['counter-1', 'counter-2'], ['display-1', 'display-2']] as const;
    let hub = await office.startHub();
    const devices = await Promise.all(stations.map((ids) => office.startDevices(ids)));
    const workAtHub = () => hub.ask('work', { seed: random.uint32(), kioskId: 'kiosk-2' });
    const work = (index: number) => devices[index]?.ask('work', random.uint32());
    await office.untilAgreed(hub, devices);
    await Promise.all([workAtHub(), ...stations.map((_, index) => work(index))]);

    for (let kill = 0; kill < KILLS; kill += 1) {
      const enough = office.seen.length + 20 + (random.uint32() % 60);
      await office.untilSeen('people at work', (seen) => seen.length >= enough);
      // The hub every other time, and each kind of device.
      const victim = kill % 2 === 0 ? null : (kill >> 1) % stations.length;
      if (victim === null) {
        await hub.kill();
        hub = await office.startHub();
        await workAtHub();
      } else {
        await devices[victim]?.kill();
        devices[victim] = await office.startDevices(stations[victim] ?? []);
        await work(victim);
      }
    }
    await Promise.all([hub.ask('rest', null), ...devices.map((process) => process.ask('rest', null))]);
    await office.expectAllIsWell(hub, devices);
    for (const kind of ['printed', 'confirmed', 'shown'])
      expect(office.seen.filter((record) => record.kind === kind).length, kind).toBeGreaterThan(KILLS);
  },
);
