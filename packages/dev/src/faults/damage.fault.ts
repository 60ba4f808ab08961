/** Files that are not what they were: garbage in a database's header, in its middle, in its write-ahead log (S2). */
import { closeSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { createRandom } from '@aufruf/engine/platform/seeded-random';
import { logEnd } from '@aufruf/engine/store/test/log-end';
import { describe, expect } from 'vitest';
import { type FaultOffice, faultTest } from './office.ts';
import { SEED } from './seed.ts';

const PAGE_BYTES = 4_096;

/** Overwrites part of a file. */
function scribble(file: string, from: number, bytes: number): void {
  const random = createRandom(SEED);
  const garbage = Uint8Array.from({ length: bytes }, () => random.uint32() & 0xff);
  const fd = openSync(file, 'r+');
  writeSync(fd, garbage, 0, bytes, from);
  closeSync(fd);
}

const PLACES = [
  { name: 'the header', isKilled: false, scribbleOn: (file: string) => scribble(file, 0, 100) },
  {
    name: 'pages in the middle',
    isKilled: false,
    scribbleOn: (file: string) => {
      const pages = Math.floor(statSync(file).size / PAGE_BYTES);
      scribble(file, Math.floor(pages / 3) * PAGE_BYTES, Math.ceil(pages / 3) * PAGE_BYTES);
    },
  },
  {
    // Only a process that dies leaves one.
    name: 'the write-ahead log',
    isKilled: true,
    scribbleOn: (file: string) => {
      const end = logEnd(readFileSync(`${file}-wal`));
      scribble(`${file}-wal`, Math.floor(end / 2), Math.ceil(end / 4));
    },
  },
] as const;

describe.each(PLACES)('garbage in $name', ({ isKilled, scribbleOn }) => {
  faultTest(
    'S2, J2, X1, X2: of a kiosk\u2019s database: what it had printed is there, and it goes on',
    async ({ office }) => {
      const hub = await office.startHub();
      let kiosk = await office.startDevices('kiosk-1');
      const display = await office.startDevices('display-1');
      await office.untilAgreed(hub, [kiosk, display]);
      const printMore = async (count: number) => {
        await kiosk.ask('work', SEED + count);
        await untilHandedOver(office, count);
        await kiosk.ask('rest', null);
      };
      await printMore(60);
      // It also has numbers of its own lane out, given while it was alone: none of them may come again.
      kiosk.network.cut();
      await untilAlone(office, 'kiosk-1');
      await printMore(5);
      kiosk.network.heal();
      await office.untilAgreed(hub, [kiosk, display]);

      if (isKilled) await kiosk.kill();
      else await kiosk.end();
      scribbleOn(office.deviceFile('kiosk-1'));
      kiosk = await office.startDevices('kiosk-1');
      await office.untilAgreed(hub, [kiosk, display]);
      kiosk.network.cut();
      await untilAlone(office, 'kiosk-1');
      await printMore(5);
      kiosk.network.heal();
      await office.expectAllIsWell(hub, [kiosk, display]);
      expect(readdirSync(office.folder).filter((name) => name.includes('.damaged-'))).not.toEqual([]);
      expect(office.log.join('\n')).toContain('damaged database set aside');
    },
  );

  faultTest('S2, X4, O3: of the hub’s: its devices have what it lost, and give it back', async ({ office }) => {
    let hub = await office.startHub();
    const devices = await Promise.all(['kiosk-1', 'counter-1', 'display-1'].map((id) => office.startDevices(id)));
    await office.untilAgreed(hub, devices);
    const work = async () => {
      await Promise.all(devices.map((process, index) => process.ask('work', SEED + index)));
      await untilHandedOver(office, 30);
      await Promise.all(devices.map((process) => process.ask('rest', null)));
    };
    await hub.ask('work', { seed: SEED, kioskId: 'kiosk-2' });
    await work();
    await hub.ask('rest', null);
    await office.untilAgreed(hub, devices);

    if (isKilled) await hub.kill();
    else await hub.end();
    scribbleOn(office.hubFile);
    hub = await office.startHub();
    await office.untilAgreed(hub, devices);
    await work();
    await office.expectAllIsWell(hub, devices);
    expect(readdirSync(office.hubFolder).filter((name) => name.includes('.damaged-'))).not.toEqual([]);
  });
});

/** The last thing a device said of itself. */
const untilAlone = (office: FaultOffice, id: string): Promise<void> =>
  office.untilSeen(`${id} alone`, (seen) => {
    const last = seen.findLast((record) => record.kind === 'mode' && record.by === id);
    return last?.kind === 'mode' && last.mode === 'ALONE';
  });

function untilHandedOver(office: FaultOffice, count: number): Promise<void> {
  const from = office.seen.length;
  const isHandOver = ({ kind }: { readonly kind: string }) => kind === 'handedOver';
  return office.untilSeen(`${count} tickets`, (seen) => seen.slice(from).filter(isHandOver).length >= count);
}
