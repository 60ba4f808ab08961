/** The disk is full: nothing is printed or shown that is not on it, and there is no hand needed once there is space (S3). */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FaultOffice, faultTest } from './office.ts';
import { SEED } from './seed.ts';

interface SmallDisk {
  readonly folder: string;
  /** Takes all space that is left. */
  fill(): void;
  free(): void;
}

/** A disk of its own, of one or two megabytes; a reason, where none can be had. */
function mountSmallDisk(office: FaultOffice): SmallDisk | string {
  const folder = join(office.folder, 'small');
  mkdirSync(folder);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    return `a small disk cannot be mounted here: ${mounted.error?.message ?? mounted.stderr.trim()}`;
  }
  office.atEnd(() => void spawnSync('umount', ['-l', folder]));
  const filler = join(folder, 'filler');
  return {
    folder,
    fill() {
      for (const bytes of [65_536, 4_096]) {
        try {
          for (;;) writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
    },
    free: () => rmSync(filler),
  };
}

const untilRefused = (office: FaultOffice, by: string, count: number): Promise<void> => {
  const from = office.seen.length;
  return office.untilSeen(`${by} refuses`, (seen) => {
    const refusals = seen.slice(from).filter((record) => record.kind === 'refused' && record.by === by);
    return (
      refusals.some((record) => record.kind === 'refused' && record.type === 'storageFailed') &&
      refusals.length >= count
    );
  });
};

const untilPrinted = (office: FaultOffice, by: string): Promise<void> => {
  const from = office.seen.length;
  return office.untilSeen(`${by} prints`, (seen) =>
    seen.slice(from).some((record) => record.kind === 'printed' && record.by === by),
  );
};

faultTest(
  'S3, X1: a kiosk with a full disk prints nothing that would be lost, and goes on when there is space',
  async ({ office, skip }) => {
    const disk = mountSmallDisk(office);
    if (typeof disk === 'string') return skip(disk);
    const hub = await office.startHub();
    let kiosk = await office.startDevices('kiosk-1', { folder: disk.folder });
    const display = await office.startDevices('display-1');
    await office.untilAgreed(hub, [kiosk, display]);
    await kiosk.ask('work', SEED);
    await untilPrinted(office, 'kiosk-1');
    disk.fill();
    await untilRefused(office, 'kiosk-1', 5);
    disk.free();
    await untilPrinted(office, 'kiosk-1');

    // Once more, and the process dies of it, or meanwhile.
    disk.fill();
    await untilRefused(office, 'kiosk-1', 5);
    await kiosk.kill();
    disk.free();
    kiosk = await office.startDevices('kiosk-1', { folder: disk.folder });
    await kiosk.ask('work', SEED + 1);
    await untilPrinted(office, 'kiosk-1');
    await kiosk.ask('rest', null);
    await office.expectAllIsWell(hub, [kiosk, display]);
  },
);

faultTest(
  'S3, J4: a hub with a full disk decides nothing, shows nothing, and goes on when there is space',
  async ({ office, skip }) => {
    const disk = mountSmallDisk(office);
    if (typeof disk === 'string') return skip(disk);
    const hub = await office.startHub({ folder: disk.folder });
    const kiosk = await office.startDevices('kiosk-1');
    const counter = await office.startDevices('counter-1');
    const display = await office.startDevices('display-1');
    const devices = [kiosk, counter, display];
    await office.untilAgreed(hub, devices);
    await hub.ask('work', { seed: SEED, kioskId: 'kiosk-2' });
    await Promise.all(devices.map((process) => process.ask('work', SEED)));
    await untilPrinted(office, 'web');
    disk.fill();
    await untilRefused(office, 'web', 5);
    // Devices go on alone: a hub that cannot store is as good as none.
    await untilPrinted(office, 'kiosk-1');
    disk.free();
    await untilPrinted(office, 'web');
    await Promise.all([hub.ask('rest', null), ...devices.map((process) => process.ask('rest', null))]);
    await office.expectAllIsWell(hub, devices);
  },
);
