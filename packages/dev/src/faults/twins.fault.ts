/** Two where one should be: two hubs on one folder, a hub set back to an older disk, a device whose disk was copied. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { type FaultOffice, faultTest, WAIT } from './office.ts';
import { SEED } from './seed.ts';

const untilLogged = (office: FaultOffice, text: RegExp): Promise<void> =>
  vi.waitFor(
    () =>
      expect(
        office.log.some((line) => text.test(line)),
        text.source,
      ).toBe(true),
    WAIT,
  );

function untilHandedOver(office: FaultOffice, count: number): Promise<void> {
  const from = office.seen.length;
  return office.untilSeen(
    `${count} tickets`,
    (seen) => seen.slice(from).filter(({ kind }) => kind === 'handedOver').length >= count,
  );
}

faultTest('O2, S1: a second hub on the same folder is refused in words, and the first goes on', async ({ office }) => {
  const hub = await office.startHub();
  const kiosk = await office.startDevices('kiosk-1');
  await office.untilAgreed(hub, [kiosk]);
  await kiosk.ask('work', SEED);
  await expect(office.startHub()).rejects.toThrow('Another hub is working with the data folder');
  await untilHandedOver(office, 10);
  await kiosk.ask('rest', null);
  await office.expectAllIsWell(hub, [kiosk]);
});

faultTest(
  'O3, X4: a hub that comes back with an older disk steps down, and its devices lose nothing',
  async ({ office }) => {
    let hub = await office.startHub();
    const kiosk = await office.startDevices('kiosk-1');
    await office.untilAgreed(hub, [kiosk]);
    await hub.end();
    // A copy of the whole folder, as a backup of another kind would have made it.
    const old = join(office.folder, 'old');
    mkdirSync(old);
    cpSync(office.hubFolder, old, { recursive: true });
    // The devices see two higher epochs than the copy knows.
    await (await office.startHub()).end();
    hub = await office.startHub();
    await kiosk.ask('work', SEED);
    await untilHandedOver(office, 10);
    await kiosk.ask('rest', null);
    await office.untilAgreed(hub, [kiosk]);
    await hub.end();

    const setBack = await office.startHub({ folder: old });
    // By its epoch or by what devices hold of its journal, whichever is noticed first.
    await untilLogged(
      office,
      /a device has seen a higher epoch: this hub steps down|it was set back and must be restored/,
    );
    await setBack.end();
    hub = await office.startHub();
    await office.expectAllIsWell(hub, [kiosk]);
  },
);

faultTest(
  'J3, X2: of a device and its clone, no two tickets bear one number, and the log names the trouble',
  async ({ office }) => {
    const hub = await office.startHub();
    let kiosk = await office.startDevices('kiosk-1');
    await office.untilAgreed(hub, [kiosk]);
    await kiosk.ask('work', SEED);
    await untilHandedOver(office, 10);
    await kiosk.ask('rest', null);
    await office.untilAgreed(hub, [kiosk]);
    await kiosk.end();
    const cloneFolder = join(office.folder, 'clone');
    mkdirSync(cloneFolder);
    cpSync(office.deviceFile('kiosk-1'), join(cloneFolder, 'kiosk-1.db'));

    kiosk = await office.startDevices('kiosk-1');
    await kiosk.ask('work', SEED + 1);
    await untilHandedOver(office, 10);
    await kiosk.ask('rest', null);
    await office.untilAgreed(hub, [kiosk]);
    await kiosk.end();
    // The clone's disk lacks what the hub has of its journal. Once it is told, it gives no number: it would be another's.
    const clone = await office.startDevices('kiosk-1', { folder: cloneFolder });
    await untilLogged(office, /conflictingEvent/);
    expect(await clone.ask('draw', null)).toBeNull();
    await clone.kill();
    kiosk = await office.startDevices('kiosk-1');
    expect(await kiosk.ask('draw', null)).not.toBeNull();
    await office.expectAllIsWell(hub, [kiosk]);
  },
);
