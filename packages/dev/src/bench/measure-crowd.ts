/**
 * Many devices come back at the same moment, all of them lacking the same hours, while a clerk goes on calling: what that
 * does to the calls, and when everybody is current. The devices share this machine's processors with the hub; in an office
 * each has its own.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MAX_COMMANDS_PER_SECOND } from '@aufruf/shared/bridge/bridge';
import type { CommandInput, CommandName } from '@aufruf/shared/domain/commands';
import type { CommandId, KioskId, SessionId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { type Helper, startHelper } from '../process/helper.ts';
import { SERVICE_ID, stationsOf, WEB_COUNTER } from './bench-location.ts';
import type { BenchOrder, DeviceQuestions, ScreenRole } from './device-process.ts';
import type { HubQuestions } from './hub-process.ts';
import type { BenchSizes } from './sizes.ts';

export interface CrowdSpans {
  readonly devices: number;
  /** Events each of them lacked. */
  readonly missed: number;
  /** "Next" until the clerk has the number, ms: with all devices connected and current, and while they come back. */
  readonly quiet: readonly number[];
  readonly crowded: readonly number[];
  /** Ms until the last device was current, from the moment all began to connect. */
  readonly backMs: number;
}

export interface CrowdPlaces {
  readonly locationFile: string;
  /** On the disk: the hub's. */
  readonly folder: string;
  /** In memory: the devices'. Each has a disk of its own in an office. */
  readonly memoryFolder: string;
}

const KIOSK = 'kiosk-1' as KioskId;
const PROCESSES = 2;
/** Three commands of the clerk's screen in a round. */
const ROUND_MS = (4 * SECOND_MS) / MAX_COMMANDS_PER_SECOND;

/** `crowd`: the sizes of an office with so many devices. */
export async function measureCrowd(crowd: BenchSizes, places: CrowdPlaces): Promise<CrowdSpans> {
  const { locationFile, folder, memoryFolder } = places;
  const noPages = join(folder, 'no-pages');
  const renderers = { kiosk: noPages, display: noPages, counter: noPages };
  const hub = startHelper<HubQuestions>(new URL('./hub-process.ts', import.meta.url));
  const startDevices = () => startHelper<DeviceQuestions>(new URL('./device-process.ts', import.meta.url));
  const screens = startDevices();
  const processes = Array.from({ length: PROCESSES }, startDevices);
  const ids = Object.values(stationsOf(crowd)).flat();

  try {
    const { url: hubUrl } = await hub.ask('start', { locationFile, dataFolder: join(folder, 'crowd'), renderers });
    const openIn = (
      process: Helper<DeviceQuestions>,
      devices: readonly string[],
      roles: readonly ScreenRole[] = [],
    ) => {
      const kept = devices.map((id) => ({ id, folder: memoryFolder }));
      return process.ask('open', { hubUrl, rawUrl: null, devices: kept, screens: roles });
    };
    const openAll = () =>
      Promise.all(
        processes.map((process, at) =>
          openIn(
            process,
            ids.filter((_, place) => place % PROCESSES === at),
          ),
        ),
      );
    const give = <N extends CommandName>(screen: ScreenRole, name: N, input: CommandInput<N>) =>
      screens.ask('order', {
        at: { screen },
        name,
        input,
        commandId: randomUUID() as CommandId,
        // The union of all orders cannot be built from a name that is not known yet; the signature has checked the pair.
      } as unknown as BenchOrder);

    async function call(): Promise<number> {
      const pause = wait(ROUND_MS);
      await give('kiosk', 'issueTicket', { kioskId: KIOSK, serviceIds: [SERVICE_ID], language: 'de', partySize: 1 });
      const { startedAt, answeredAt } = await give('clerk', 'callNext', { counterId: WEB_COUNTER });
      await give('clerk', 'markArrived', { counterId: WEB_COUNTER });
      const served = { counterId: WEB_COUNTER, outcome: 'done', deliveredServiceIds: [SERVICE_ID] } as const;
      await give('clerk', 'finish', { ...served, deliveredServiceIds: [...served.deliveredServiceIds] });
      await pause;
      return answeredAt - startedAt;
    }

    await openIn(screens, [], ['kiosk', 'clerk']);
    const sessionId = randomUUID() as SessionId;
    await give('clerk', 'openCounter', { counterId: WEB_COUNTER, sessionId, takeOver: false });
    await openAll();
    for (let warmUp = 0; warmUp < crowd.warmUps; warmUp += 1) await call();
    const quiet: number[] = [];
    for (let round = 0; round < crowd.rounds; round += 1) quiet.push(await call());

    await Promise.all(processes.map((process) => process.ask('leave', null)));
    const before = await hub.ask('rows', null);
    await hub.ask('fill', { ...crowd, costMarks: [], dayEvents: before + crowd.missed });
    const missed = (await hub.ask('rows', null)) - before;

    const startedAt = performance.now();
    let backMs: number | null = null;
    const back = openAll().then(() => {
      backMs = performance.now() - startedAt;
    });
    const crowded: number[] = [];
    while (backMs === null) crowded.push(await call());
    await back;
    return { devices: ids.length, missed, quiet, crowded, backMs };
  } finally {
    await Promise.all([hub, screens, ...processes].map((helper) => helper.end()));
  }
}
