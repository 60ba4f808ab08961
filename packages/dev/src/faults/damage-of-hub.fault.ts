/** The hub's file that is not what it was (S2). */
import { readdirSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { PLACES, untilHandedOver, untilLogIsLong } from './damage.ts';
import { faultTest } from './office.ts';
import { SEED } from './seed.ts';

describe.each(PLACES)('garbage in $name', ({ isKilled, scribbleOn }) => {
  faultTest('S2, X4, O3: of the hub’s: its devices have what it lost, and give it back', async ({ office }) => {
    let hub = await office.startHub();
    const devices = await Promise.all(['kiosk-1', 'counter-1', 'display-1'].map((id) => office.startDevices(id)));
    await office.untilAgreed(hub, devices);
    const work = async () => {
      await Promise.all(devices.map((process, index) => process.ask('work', SEED + index)));
      await untilHandedOver(office, 30);
      await Promise.all(devices.map((process) => process.ask('rest', null)));
    };
    const workWithBrowser = async () => {
      await hub.ask('work', { seed: SEED, kioskId: 'kiosk-2' });
      await work();
      await hub.ask('rest', null);
      await office.untilAgreed(hub, devices);
    };
    await workWithBrowser();

    if (isKilled) {
      await untilLogIsLong(office.hubFile, workWithBrowser);
      await hub.kill();
    } else await hub.end();
    scribbleOn(office.hubFile);
    hub = await office.startHub();
    await office.untilAgreed(hub, devices);
    await work();
    await office.expectAllIsWell(hub, devices);
    expect(readdirSync(office.hubFolder).filter((name) => name.includes('.damaged-'))).not.toEqual([]);
  });
});
