/**
 * The main measurement: an office of connected devices at work, and beside it, in turns on the same machine in the same
 * moments, what bare socket.io and the bare disk can do. In turns, because the machine's load changes from second to
 * second, and only what was measured together can be compared.
 *
 * Each device of a location has a disk of its own; here all share one. So the hub and the two devices that are pressed
 * keep their databases on it, and the onlookers keep theirs in memory, where the system offers that.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { MAX_COMMANDS_PER_SECOND } from '@aufruf/shared/bridge/bridge';
import type { CommandInput, CommandName } from '@aufruf/shared/domain/commands';
import type { CommandId, CounterId, KioskId, SessionId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { type Helper, startHelper } from '../process/helper.ts';
import { SERVICE_ID, stationsOf, WEB_COUNTER } from './bench-location.ts';
import type { BenchOrder, DeviceQuestions, Ordered, ScreenRole } from './device-process.ts';
import { openDiskYardstick } from './disk-yardstick.ts';
import type { HubQuestions } from './hub-process.ts';
import type { RawQuestions } from './raw-process.ts';
import type { BenchSizes } from './sizes.ts';

/** Spans in ms, one of each kind in a round. */
export interface OfficeSpans {
  readonly flush: number[];
  readonly commit: number[];
  readonly ping: number[];
  /** To the last of as many clients as there are displays, in one process as they are. */
  readonly tellDisplays: number[];
  /** To the last of as many clients as there are devices. */
  readonly tellAll: number[];
  readonly drawOnDevice: number[];
  readonly drawInBrowser: number[];
  readonly nextOnDevice: number[];
  readonly nextOnDeviceToDisplays: number[];
  readonly nextInBrowser: number[];
  readonly nextInBrowserToDisplays: number[];
}

export interface OfficeAtWork {
  readonly hubUrl: string;
  readonly hub: Helper<HubQuestions>;
  measure(): Promise<OfficeSpans>;
  /** Draws a ticket and calls it from the counter device. `startedAt`: when the clerk pressed "next". */
  callOne(): Promise<Ordered>;
  /** The called visit has come and is served; all devices are told. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface OfficePlaces {
  readonly locationFile: string;
  /** On the disk. */
  readonly folder: string;
  /** In memory, if there is such a thing. */
  readonly memoryFolder: string;
  readonly renderers: HubQuestions['start']['ask']['renderers'];
}

/** Who wait at the beginning, so that "next" has somebody to choose from. */
const WAITING = 40;
const COUNTER = 'counter-1' as CounterId;
const KIOSK = 'kiosk-1' as KioskId;
const ONLOOKER_PROCESSES = 2;
/** A round takes at least so long: the clerk's screen may send no more than MAX_COMMANDS_PER_SECOND. */
const ROUND_MS = (4 * SECOND_MS) / MAX_COMMANDS_PER_SECOND;

const newCommandId = (): CommandId => randomUUID() as CommandId;

export async function openOffice(sizes: BenchSizes, places: OfficePlaces): Promise<OfficeAtWork> {
  const hub = startHelper<HubQuestions>(new URL('./hub-process.ts', import.meta.url));
  const raw = startHelper<RawQuestions>(new URL('./raw-process.ts', import.meta.url));
  const stations = stationsOf(sizes);
  const onlookers = [...stations.kiosks, ...stations.counters].filter((id) => id !== KIOSK && id !== COUNTER);
  const startDevices = () => startHelper<DeviceQuestions>(new URL('./device-process.ts', import.meta.url));
  // What is pressed has a process of its own: a neighbour's commits must not count as its own.
  const kiosk = startDevices();
  const counter = startDevices();
  const screens = startDevices();
  const displays = startDevices();
  const others = onlookers.slice(0, ONLOOKER_PROCESSES).map(startDevices);
  const withDevices = [displays, kiosk, counter, ...others];
  const helpers = [hub, raw, screens, ...withDevices];
  const disk = openDiskYardstick(places.folder);
  const close = async (): Promise<void> => {
    await Promise.all(helpers.map((helper) => helper.end()));
    disk.close();
  };

  async function open(): Promise<string> {
    const { locationFile, folder, memoryFolder, renderers } = places;
    const { url: hubUrl } = await hub.ask('start', { locationFile, dataFolder: `${folder}/hub`, renderers });
    const { url: rawUrl } = await raw.ask('start', null);
    const openIn = (
      process: Helper<DeviceQuestions>,
      ids: readonly string[],
      { keptIn = memoryFolder, roles = [] }: { readonly keptIn?: string; readonly roles?: readonly ScreenRole[] } = {},
    ) => {
      const devices = ids.map((id) => ({ id, folder: keptIn }));
      return process.ask('open', { hubUrl, rawUrl, devices, screens: roles });
    };
    await openIn(kiosk, [KIOSK], { keptIn: folder });
    await openIn(counter, [COUNTER], { keptIn: folder });
    await openIn(screens, [], { roles: ['kiosk', 'clerk'] });
    await openIn(displays, stations.displays);
    for (const [index, process] of others.entries()) {
      const share = onlookers.filter((_, place) => place % others.length === index);
      await openIn(process, share);
    }
    return hubUrl;
  }

  const give = <N extends CommandName>(at: BenchOrder['at'], name: N, input: CommandInput<N>, id = newCommandId()) => {
    const process = typeof at === 'object' ? screens : at === KIOSK ? kiosk : counter;
    // The union of all orders cannot be built from a name that is not known yet; the signature has checked the pair.
    return process.ask('order', { at, name, input, commandId: id } as unknown as BenchOrder);
  };
  const draw = (at: BenchOrder['at']) =>
    give(at, 'issueTicket', { kioskId: KIOSK, serviceIds: [SERVICE_ID], language: 'de', partySize: 1 });

  /** All devices have what the hub has: nobody still works at the last command when the next span begins. */
  async function settle(): Promise<void> {
    const rows = await hub.ask('rows', null);
    await Promise.all(withDevices.map((process) => process.ask('reach', rows)));
  }

  async function serve(at: BenchOrder['at'], counterId: CounterId): Promise<void> {
    await give(at, 'markArrived', { counterId });
    await give(at, 'finish', { counterId, outcome: 'done', deliveredServiceIds: [SERVICE_ID] });
    await settle();
  }

  /** Pressed, answered, and on the last display. */
  async function next(at: BenchOrder['at'], counterId: CounterId) {
    const commandId = newCommandId();
    await displays.ask('watch', commandId);
    const { startedAt, answeredAt } = await give(at, 'callNext', { counterId }, commandId);
    const seenAt = await displays.ask('seen', commandId);
    await serve(at, counterId);
    return { clerkMs: answeredAt - startedAt, displaysMs: seenAt - startedAt };
  }

  async function drawn(at: BenchOrder['at']): Promise<number> {
    const { startedAt, answeredAt } = await draw(at);
    await settle();
    return answeredAt - startedAt;
  }

  async function tell(round: number) {
    const told = withDevices.map((process) => process.ask('rawTold', round));
    const startedAt = await counter.ask('rawTellAll', round);
    const at = await Promise.all(told);
    const [displaysAt = Number.NaN] = at;
    return { displaysMs: displaysAt - startedAt, allMs: Math.max(...at) - startedAt };
  }

  async function measure(): Promise<OfficeSpans> {
    const spans: OfficeSpans = {
      flush: [],
      commit: [],
      ping: [],
      tellDisplays: [],
      tellAll: [],
      drawOnDevice: [],
      drawInBrowser: [],
      nextOnDevice: [],
      nextOnDeviceToDisplays: [],
      nextInBrowser: [],
      nextInBrowserToDisplays: [],
    };
    /** Begun by another one each round: whoever comes first finds processes that have slept, and caches that are cold. */
    const turns: readonly ((round: number) => Promise<() => void>)[] = [
      async () => {
        const flush = disk.flush();
        const commit = disk.commit();
        return () => {
          spans.flush.push(flush);
          spans.commit.push(commit);
        };
      },
      async () => {
        const ping = await counter.ask('rawPing', null);
        return () => void spans.ping.push(ping);
      },
      async (round) => {
        const { displaysMs, allMs } = await tell(round);
        return () => {
          spans.tellDisplays.push(displaysMs);
          spans.tellAll.push(allMs);
        };
      },
      async () => {
        const ms = await drawn(KIOSK);
        return () => void spans.drawOnDevice.push(ms);
      },
      async () => {
        const ms = await drawn({ screen: 'kiosk' });
        return () => void spans.drawInBrowser.push(ms);
      },
      async () => {
        const { clerkMs, displaysMs } = await next(COUNTER, COUNTER);
        return () => {
          spans.nextOnDevice.push(clerkMs);
          spans.nextOnDeviceToDisplays.push(displaysMs);
        };
      },
      async () => {
        const { clerkMs, displaysMs } = await next({ screen: 'clerk' }, WEB_COUNTER);
        return () => {
          spans.nextInBrowser.push(clerkMs);
          spans.nextInBrowserToDisplays.push(displaysMs);
        };
      },
    ];
    for (let round = 0; round < sizes.warmUps + sizes.rounds; round += 1) {
      const pause = wait(ROUND_MS);
      for (let turn = 0; turn < turns.length; turn += 1) {
        const note = await turns[(round + turn) % turns.length]?.(round);
        if (round >= sizes.warmUps) note?.();
      }
      await pause;
    }
    return spans;
  }

  async function openCounters(): Promise<void> {
    const session = (counterId: CounterId) => ({ counterId, sessionId: randomUUID() as SessionId, takeOver: false });
    await give(COUNTER, 'openCounter', session(COUNTER));
    await give({ screen: 'clerk' }, 'openCounter', session(WEB_COUNTER));
    await Promise.all(Array.from({ length: WAITING }, () => draw(KIOSK)));
    await settle();
  }

  try {
    const hubUrl = await open();
    await openCounters();
    return {
      hubUrl,
      hub,
      measure,
      async callOne() {
        await drawn(KIOSK);
        return give(COUNTER, 'callNext', { counterId: COUNTER });
      },
      clear: () => serve(COUNTER, COUNTER),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
