/**
 * An office for one test of faults: a hub and devices in processes of their own, with databases on the disk, a bad
 * network between them, and the history of what people saw. Files and history are kept when a test fails.
 *
 *   faultTest('X4: ...', async ({ office }) => {
 *     const hub = await office.startHub();
 *     const kiosk = await office.startDevices('kiosk-1');
 *     await kiosk.ask('work', 1);
 *     await hub.kill();
 *     ...
 *     await office.expectAllIsWell();
 *   });
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { expect, test, vi } from 'vitest';
import { benchLocation } from '../bench/bench-location.ts';
import { nowMs } from '../bench/clock.ts';
import { QUICK_SIZES } from '../bench/sizes.ts';
import { type Helper, type HelperOptions, type Questions, startHelper } from '../process/helper.ts';
import type { FaultDeviceQuestions } from './device-process.ts';
import type { FaultHubQuestions } from './hub-process.ts';
import { judge } from './judge.ts';
import { type Seen, toldSchema } from './records.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** For conditions on a machine that is busy with other things; each usually holds within a second or two. */
export const WAIT = { timeout: 90_000, interval: 10 };
/** X10. */
const CONVERGENCE_MS = 10_000;

/** How much longer everything may take here: a machine with more to do than it has processors is late in proportion. */
export const slowness = (): number => Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

/** A process of the office, with its line to the people. */
export interface FaultProcess<Q extends Questions> extends Helper<Q> {
  /** `kill -9`; resolves when it is gone and what it had told is read. */
  kill(): Promise<void>;
  readonly life: number;
}

export interface Hub extends FaultProcess<FaultHubQuestions> {
  readonly port: number;
}

export interface Devices extends FaultProcess<FaultDeviceQuestions> {
  readonly ids: readonly string[];
  /** The network between these devices and the hub. It stays when they are started again. */
  readonly network: TcpProxy;
}

export interface FaultOffice {
  /** All files of the test. */
  readonly folder: string;
  readonly locationFile: string;
  readonly hubFolder: string;
  readonly hubFile: string;
  deviceFile(id: string): string;
  /** What people saw, in the order in which this process read it. */
  readonly seen: readonly Seen[];
  /** What hub and devices have logged. */
  readonly log: readonly string[];
  /** Starts the hub, or starts it again on what its disk holds; all networks lead to it from now on. */
  startHub(options?: { readonly folder?: string } & HelperOptions): Promise<Hub>;
  /** Starts devices, together in one process, or starts them again. `folder`: where their databases lie. */
  startDevices(
    ids: string | readonly string[],
    options?: { readonly folder?: string } & HelperOptions,
  ): Promise<Devices>;
  /** Done when the processes have ended, before the files are removed. */
  atEnd(work: () => void): void;
  /** Resolves when people have seen what is looked for. */
  untilSeen(what: string, isSo: (seen: readonly Seen[]) => boolean): Promise<void>;
  /** Resolves when the hub counts none of these devices as connected any more. */
  untilHungUp(hub: Hub, devices: Devices): Promise<void>;
  /** X5, X10: hub and these devices hold the same, and nothing waits. @returns ms it took */
  untilAgreed(hub: Hub, devices: readonly Devices[]): Promise<number>;
  /** Ends with everybody in agreement within 10 s, and the judge content. */
  expectAllIsWell(hub: Hub, devices: readonly Devices[]): Promise<void>;
}

export const faultTest = test.extend<{ office: FaultOffice }>({
  office: async ({ task }, use) => {
    const { office, close } = openOffice();
    await use(office);
    await close(task.result?.state === 'fail');
  },
});

/** Small, open day and night, and so quick that a queue never closes its service. */
function faultLocation(): LocationConfig {
  const location = benchLocation({ ...QUICK_SIZES, kiosks: 3, displays: 2, counters: 3 });
  return { ...location, services: location.services.map((service) => ({ ...service, durationMin: 1 })) };
}

function openOffice(): { readonly office: FaultOffice; readonly close: (hasFailed: boolean) => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'aufruf-faults-'));
  const locationFile = join(folder, 'location.json');
  writeFileSync(locationFile, JSON.stringify(faultLocation()));
  const hubFolder = join(folder, 'hub');
  const seen: Seen[] = [];
  const log: string[] = [];
  const processes: Helper<Questions>[] = [];
  const networks = new Map<string, TcpProxy>();
  const ends: (() => void)[] = [];
  let hubPort: number | null = null;
  let lives = 0;

  function start<Q extends Questions>(url: URL, name: string, options: HelperOptions): FaultProcess<Q> {
    lives += 1;
    const life = lives;
    const helper = startHelper<Q>(url, {
      ...options,
      onLine: (line) => seen.push({ ...toldSchema.parse(JSON.parse(line)), life }),
      onErrorLine: (line) => log.push(`${name} (${life}) ${line}`),
    });
    processes.push(helper as unknown as Helper<Questions>);
    return {
      ...helper,
      life,
      async kill() {
        helper.signal('SIGKILL');
        await helper.gone;
      },
    };
  }

  async function networkOf(ids: readonly string[]): Promise<TcpProxy> {
    const name = ids.join();
    const network = networks.get(name) ?? (await startTcpProxy());
    networks.set(name, network);
    network.pointAt(hubPort);
    return network;
  }

  async function untilAgreed(hub: Hub, devices: readonly Devices[]): Promise<number> {
    const startedMs = nowMs();
    await vi.waitFor(async () => {
      const expected = await hub.ask('report', []);
      for (const process of devices)
        for (const report of await process.ask('report', []))
          expect(report, report.by).toMatchObject({
            mode: 'ORDERED',
            waiting: 0,
            rows: expected.rows,
            stateHash: expected.stateHash,
          });
    }, WAIT);
    return nowMs() - startedMs;
  }

  const office: FaultOffice = {
    folder,
    locationFile,
    hubFolder,
    hubFile: join(hubFolder, 'hub.db'),
    deviceFile: (id) => join(folder, `${id}.db`),
    seen,
    log,
    async startHub({ folder: own = hubFolder, ...options } = {}) {
      mkdirSync(own, { recursive: true });
      const process = start<FaultHubQuestions>(new URL('./hub-process.ts', import.meta.url), 'hub', options);
      const answer = await process.ask('start', { locationFile, folder: own, mayHavePredecessor: hubPort !== null });
      if ('refused' in answer) throw new Error(answer.refused.join(' '));
      hubPort = answer.port;
      for (const network of networks.values()) network.pointAt(hubPort);
      return { ...process, port: answer.port };
    },
    async startDevices(named, { folder: own = folder, ...options } = {}) {
      const ids = typeof named === 'string' ? [named] : named;
      const network = await networkOf(ids);
      const process = start<FaultDeviceQuestions>(
        new URL('./device-process.ts', import.meta.url),
        ids.join('+'),
        options,
      );
      await process.ask('open', { hubUrl: network.url, folder: own, ids });
      return { ...process, ids, network };
    },
    atEnd: (work) => void ends.push(work),
    async untilSeen(what, isSo) {
      await vi.waitFor(() => expect(isSo(seen), what).toBe(true), WAIT);
    },
    async untilHungUp(hub, { ids }) {
      const isThere = async () => (await hub.ask('connected', null)).some((id) => ids.includes(id));
      await vi.waitFor(async () => expect(await isThere(), ids.join()).toBe(false), WAIT);
    },
    untilAgreed,
    async expectAllIsWell(hub, devices) {
      const tookMs = await untilAgreed(hub, devices);
      // Displays report once they have drawn what they know; what they have shown by then is asked for.
      const reports = await Promise.all(devices.map((process) => process.ask('report', [])));
      const asked = seen.flatMap((record) =>
        record.kind === 'confirmed' ? [record.commandId] : record.kind === 'shown' ? [record.callId] : [],
      );
      expect(judge(seen, [await hub.ask('report', [...new Set(asked)]), ...reports.flat()])).toEqual([]);
      expect(tookMs).toBeLessThan(CONVERGENCE_MS * slowness());
    },
  };

  return {
    office,
    async close(hasFailed) {
      // A process that is stopped would not hear that it should end.
      for (const process of processes) process.signal('SIGCONT');
      await Promise.all(processes.map((process) => process.end()));
      for (const network of networks.values()) await network.close();
      for (const end of ends) end();
      if (!hasFailed) return rmSync(folder, { recursive: true, force: true });
      writeFileSync(join(folder, 'history.jsonl'), seen.map((record) => `${JSON.stringify(record)}\n`).join(''));
      writeFileSync(join(folder, 'log.txt'), log.map((line) => `${line}\n`).join(''));
      console.error(`The files and the history of this test are kept in ${folder}`);
    },
  };
}
