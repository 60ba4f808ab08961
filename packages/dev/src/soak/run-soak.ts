/**
 * A day of an office with many devices, in as little time as the machine needs for it: every visitor draws, is called,
 * comes and is served, several at a time, and nobody comes before all devices know of those before. Every so many visits it
 * is measured what all processes hold, and, in turns with a bare broadcast, how long a call takes until the last display
 * has it.
 */
import { randomUUID } from 'node:crypto';
import type { CommandInput, CommandName } from '@aufruf/shared/domain/commands';
import type { CommandId, CounterId, KioskId, SessionId, VisitId } from '@aufruf/shared/lib/ids';
import { SERVICE_ID, stationsOf } from '../bench/bench-location.ts';
import { nowMs } from '../bench/clock.ts';
import type { BenchOrder, DeviceQuestions } from '../bench/device-process.ts';
import type { Heap } from '../bench/heap.ts';
import type { HubQuestions } from '../bench/hub-process.ts';
import type { RawQuestions } from '../bench/raw-process.ts';
import type { BenchSizes } from '../bench/sizes.ts';
import { type Helper, startHelper } from '../process/helper.ts';
import { nextPace } from './pace.ts';
import type { SoakResult, SoakSample } from './soak-report.ts';

export interface SoakOptions {
  readonly sizes: BenchSizes;
  readonly visits: number;
  readonly locationFile: string;
  /** On the disk: the hub’s. */
  readonly folder: string;
  /** In memory, where the system offers that: the devices’, which have a disk each in an office. */
  readonly memoryFolder: string;
  readonly say: (line: string) => void;
}

const SAMPLES = 20;
/** Of so many visits one is measured. */
const MEASURED_EACH = 10;
/** Visits broken off, of all, after which there is no point in going on. */
const MOST_REFUSED = 0.1;
const COUNTER_PROCESSES = 4;
/** Who wait at the beginning. */
const WAITING = 20;

export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const { sizes, visits, locationFile, folder, memoryFolder, say } = options;
  const stations = stationsOf(sizes);
  const nodeOptions = ['--expose-gc'];
  const bench = (name: string): URL => new URL(`../bench/${name}`, import.meta.url);
  const raw = startHelper<RawQuestions>(bench('raw-process.ts'));
  const startDevices = () => startHelper<DeviceQuestions>(bench('device-process.ts'), { nodeOptions });
  const hub = startHelper<HubQuestions>(bench('hub-process.ts'), { nodeOptions });
  const displays = startDevices();
  const kiosks = startDevices();
  const counters = Array.from({ length: COUNTER_PROCESSES }, startDevices);
  const devices = [displays, kiosks, ...counters];
  const processOfCounter = (index: number) => counters[index % counters.length] ?? displays;

  async function give<N extends CommandName>(
    to: Helper<DeviceQuestions>,
    at: string,
    name: N,
    input: CommandInput<N>,
    commandId = randomUUID() as CommandId,
  ) {
    // The union of all orders cannot be built from a name that is not known yet; the signature has checked the pair.
    const { startedAt } = await to.ask('order', { at, name, input, commandId } as unknown as BenchOrder);
    return { startedAt, commandId };
  }

  async function connect(): Promise<void> {
    const noPages = `${folder}/no-pages`;
    const renderers = { kiosk: noPages, display: noPages, counter: noPages };
    const { url: hubUrl } = await hub.ask('start', { locationFile, dataFolder: `${folder}/hub`, renderers });
    const { url: rawUrl } = await raw.ask('start', null);
    const openIn = (process: Helper<DeviceQuestions>, ids: readonly string[]) => {
      const devices = ids.map((id) => ({ id, folder: memoryFolder }));
      return process.ask('open', { hubUrl, rawUrl, devices, screens: [] });
    };
    await openIn(displays, stations.displays);
    await openIn(kiosks, stations.kiosks);
    for (const [index, process] of counters.entries())
      await openIn(
        process,
        stations.counters.filter((_, place) => place % counters.length === index),
      );
  }

  async function openCounters(): Promise<void> {
    for (const [index, id] of stations.counters.entries()) {
      const counterId = id as CounterId;
      await give(processOfCounter(index), id, 'openCounter', {
        counterId,
        sessionId: randomUUID() as SessionId,
        takeOver: false,
      });
    }
  }

  async function draw(visit: number): Promise<void> {
    const kioskId = (stations.kiosks[visit % stations.kiosks.length] ?? '') as KioskId;
    const ticket = { kioskId, serviceIds: [SERVICE_ID], language: 'de' as const, partySize: 1 };
    // The id of the command is that of the visit.
    const { commandId } = await give(kiosks, kioskId, 'issueTicket', ticket);
    const visitId = commandId as string as VisitId;
    await give(kiosks, kioskId, 'confirmHandOver', { kioskId, visitId, means: 'print' });
  }

  let refused = 0;
  const callMs: number[] = [];
  const broadcastMs: number[] = [];

  async function tellAll(round: number): Promise<void> {
    const told = devices.map((process) => process.ask('rawTold', round));
    const startedAt = await displays.ask('rawTellAll', round);
    broadcastMs.push(Math.max(...(await Promise.all(told))) - startedAt);
  }

  /** A device that waited too long for the processor thinks that it is alone, and refuses what takes a hub. */
  async function visit(number: number): Promise<void> {
    try {
      await drawAndServe(number);
    } catch (error) {
      refused += 1;
      say(`a visit was broken off: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
      if (refused > visits * MOST_REFUSED) throw error;
    }
  }

  async function drawAndServe(number: number): Promise<void> {
    await draw(number);
    const place = number % stations.counters.length;
    const counterId = (stations.counters[place] ?? '') as CounterId;
    const process = processOfCounter(place);
    const commandId = randomUUID() as CommandId;
    const isMeasured = number % MEASURED_EACH === 0;
    if (isMeasured) {
      await tellAll(number);
      await displays.ask('watch', commandId);
    }
    const { startedAt } = await give(process, counterId, 'callNext', { counterId }, commandId);
    if (isMeasured) callMs.push((await displays.ask('seen', commandId)) - startedAt);
    await give(process, counterId, 'markArrived', { counterId });
    await give(process, counterId, 'finish', { counterId, outcome: 'done', deliveredServiceIds: [SERVICE_ID] });
  }

  /** All devices know what the hub knows; ms it took the last. One that had gone alone is back. */
  async function untilAllKnow(): Promise<number> {
    const startedAt = nowMs();
    const rows = await hub.ask('rows', null);
    await Promise.all(devices.map((process) => process.ask('reach', rows)));
    return nowMs() - startedAt;
  }

  async function sample(done: number): Promise<SoakSample> {
    const ofDevices = await Promise.all(devices.map((process) => process.ask('heap', null)));
    const sum = (bytesOf: (heap: Heap) => number) => ofDevices.reduce((bytes, heap) => bytes + bytesOf(heap), 0);
    return {
      visits: done,
      rows: await hub.ask('rows', null),
      hub: await hub.ask('heap', null),
      devices: { usedBytes: sum(({ usedBytes }) => usedBytes), residentBytes: sum((heap) => heap.residentBytes) },
    };
  }

  try {
    say(`connecting ${stations.kiosks.length + stations.displays.length + stations.counters.length} devices`);
    await connect();
    await openCounters();
    for (let i = 0; i < WAITING; i += 1) await draw(i);
    await untilAllKnow();
    const startedMs = nowMs();
    const samples: SoakSample[] = [];
    let next = 0;
    let atOnce = 1;
    for (let part = 1; part <= SAMPLES; part += 1) {
      const until = Math.round((visits * part) / SAMPLES);
      while (next < until) {
        const count = Math.min(atOnce, until - next);
        await Promise.all(Array.from({ length: count }, () => visit(next++)));
        atOnce = nextPace(atOnce, await untilAllKnow());
      }
      samples.push(await sample(until));
      say(`${until} visits after ${((nowMs() - startedMs) / 1_000).toFixed(0)} s, ${atOnce} at once`);
    }
    const seconds = (nowMs() - startedMs) / 1_000;
    const count = stations.kiosks.length + stations.displays.length + stations.counters.length;
    return { devices: count, visits, seconds, samples, refused, callMs, broadcastMs };
  } finally {
    await Promise.all([hub, raw, ...devices].map((helper) => helper.end()));
  }
}
