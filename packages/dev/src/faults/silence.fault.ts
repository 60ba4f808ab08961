/** Nobody answers: a process that stands still, a line that is cut, goes silent one way, is slow, or comes and goes. */
import { createRandom } from '@aufruf/engine/platform/seeded-random';
import { SILENCE_MS } from '@aufruf/shared/protocol/limits';
import { expect } from 'vitest';
import { nowMs } from '../bench/clock.ts';
import { type Devices, type FaultOffice, faultTest, type Hub, slowness } from './office.ts';
import { SEED } from './seed.ts';
import type { Direction } from './tcp-proxy.ts';

/** SILENCE_MS, a tick of half a second, and what a machine may add that is doing this test. */
const NOTICED_MS = SILENCE_MS + 500 + 2_500;
const STATIONS = [['kiosk-1'], ['counter-1', 'counter-2'], ['display-1']] as const;

interface AtWork {
  readonly hub: Hub;
  readonly devices: readonly Devices[];
}

async function openAtWork(office: FaultOffice): Promise<AtWork> {
  const hub = await office.startHub();
  const devices = await Promise.all(STATIONS.map((ids) => office.startDevices(ids)));
  await office.untilAgreed(hub, devices);
  await Promise.all(devices.map((process, index) => process.ask('work', SEED + 10 * index)));
  await office.untilSeen('people at work', (seen) => seen.some(({ kind }) => kind === 'shown'));
  return { hub, devices };
}

/** Nobody presses a button any more, and all is well. */
async function expectAllIsWell(office: FaultOffice, { hub, devices }: AtWork): Promise<void> {
  await Promise.all(devices.map((process) => process.ask('rest', null)));
  await office.expectAllIsWell(hub, devices);
}

const lastMode = (office: FaultOffice, by: string) =>
  office.seen.findLast((record) => record.kind === 'mode' && record.by === by);

/** M4: these devices say that they are alone, soon enough. */
async function expectNoticed(office: FaultOffice, ids: readonly string[], sinceMs: number): Promise<void> {
  const isAlone = (id: string) => lastMode(office, id)?.kind === 'mode' && modeOf(office, id) === 'ALONE';
  await office.untilSeen(`${ids.join()} alone`, () => ids.every(isAlone));
  for (const id of ids) expect((lastMode(office, id)?.atMs ?? 0) - sinceMs, id).toBeLessThan(NOTICED_MS * slowness());
}

function modeOf(office: FaultOffice, id: string): string | null {
  const record = lastMode(office, id);
  return record?.kind === 'mode' ? record.mode : null;
}

/** Tickets printed from now on. */
function untilPrintedMore(office: FaultOffice, by: string, count: number): Promise<void> {
  const from = office.seen.length;
  const isOwn = (record: FaultOffice['seen'][number]) => record.kind === 'printed' && record.by === by;
  return office.untilSeen(`${count} tickets of ${by}`, (seen) => seen.slice(from).filter(isOwn).length >= count);
}

faultTest(
  'M3, M4, X10: a hub that is stopped is noticed in time, people go on, and come back without a hand',
  async ({ office }) => {
    const atWork = await openAtWork(office);
    const { hub } = atWork;
    const stoppedMs = nowMs();
    hub.signal('SIGSTOP');
    await expectNoticed(office, STATIONS.flat(), stoppedMs);
    await untilPrintedMore(office, 'kiosk-1', 5);
    hub.signal('SIGCONT');
    await expectAllIsWell(office, atWork);
  },
);

faultTest('M4, J4: a device that is stopped until the hub has hung up goes on where it was', async ({ office }) => {
  const atWork = await openAtWork(office);
  const { hub, devices } = atWork;
  const [kiosk] = devices;
  if (kiosk === undefined) throw new Error('there is a kiosk');
  kiosk.signal('SIGSTOP');
  await office.untilHungUp(hub, kiosk);
  kiosk.signal('SIGCONT');
  await untilPrintedMore(office, 'kiosk-1', 5);
  await expectAllIsWell(office, atWork);
});

faultTest(
  'M3, M4, X10: devices that are cut off go on alone, and everything is there once when the line is back',
  async ({ office }) => {
    const atWork = await openAtWork(office);
    const cutMs = nowMs();
    for (const { network } of atWork.devices) network.cut();
    await expectNoticed(office, STATIONS.flat(), cutMs);
    await untilPrintedMore(office, 'kiosk-1', 5);
    for (const { network } of atWork.devices) network.heal();
    await expectAllIsWell(office, atWork);
  },
);

for (const direction of ['toHub', 'toDevices'] satisfies Direction[]) {
  faultTest(
    `M4, P3, X10: a line that is silent ${direction} alone is noticed in time, harms nobody else, and heals`,
    async ({ office }) => {
      const atWork = await openAtWork(office);
      const [kiosk, counters] = atWork.devices;
      const silentMs = nowMs();
      kiosk?.network.silence(direction);
      await expectNoticed(office, ['kiosk-1'], silentMs);
      await untilPrintedMore(office, 'kiosk-1', 5);
      for (const id of counters?.ids ?? []) expect(modeOf(office, id), id).toBe('ORDERED');
      kiosk?.network.heal();
      await expectAllIsWell(office, atWork);
    },
  );
}

faultTest('P2, P3, X4: a line that breaks and comes back many times loses and repeats nothing', async ({ office }) => {
  const atWork = await openAtWork(office);
  const random = createRandom(SEED);
  for (let flap = 0; flap < 20; flap += 1) {
    const { network } = atWork.devices[random.uint32() % atWork.devices.length] ?? {};
    const enough = office.seen.length + 1 + (random.uint32() % 12);
    await office.untilSeen('people at work', (seen) => seen.length >= enough);
    network?.breakOnce();
  }
  await expectAllIsWell(office, atWork);
});

faultTest('M1, O6: over a slow line claims are still the hub\u2019s to decide', async ({ office }) => {
  const atWork = await openAtWork(office);
  for (const { network } of atWork.devices) network.delay(150);
  await untilPrintedMore(office, 'kiosk-1', 5);
  const from = office.seen.length;
  await untilPrintedMore(office, 'kiosk-1', 5);
  expect(office.seen.slice(from).filter(({ kind }) => kind === 'mode')).toEqual([]);
  await expectAllIsWell(office, atWork);
});
