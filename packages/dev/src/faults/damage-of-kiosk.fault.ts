/** A kiosk's file that is not what it was (S2). */
import { readdirSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { PLACES, untilHandedOver, untilLogIsLong } from './damage.ts';
import { type FaultOffice, faultTest } from './office.ts';
import { SEED } from './seed.ts';

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

      if (isKilled) {
        await untilLogIsLong(office.deviceFile('kiosk-1'), () => printMore(5));
        await kiosk.kill();
      } else await kiosk.end();
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
});

/** The last thing a device said of itself. */
const untilAlone = (office: FaultOffice, id: string): Promise<void> =>
  office.untilSeen(`${id} alone`, (seen) => {
    const last = seen.findLast((record) => record.kind === 'mode' && record.by === id);
    return last?.kind === 'mode' && last.mode === 'ALONE';
  });
