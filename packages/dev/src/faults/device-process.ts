/**
 * Devices of a test of faults, as the desktop apps open them, each with its own database and connection, and the people
 * in front of them. A kiosk starts as its app does: tickets nobody holds are taken back.
 */

import { createTopicPublisher } from '@aufruf/engine/bridge/topic-publisher';
import { type Device, openDevice } from '@aufruf/engine/device/open-device';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import type { Caller } from '@aufruf/shared/bridge/roles';
import { callBoard } from '@aufruf/shared/domain/views/call-board';
import type { CallBoard } from '@aufruf/shared/domain/views/view-schemas';
import type { CounterId, DeviceId, DisplayId, KioskId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { answerQuestions } from '../process/helper.ts';
import { createBoardWatch } from '../replay/board-watch.ts';
import { drawTicket, drawTickets, serveVisitors, type Work } from './people.ts';
import { tellParent } from './records.ts';
import { type HolderReport, reportOf } from './report.ts';

export interface OpenFaultDevices {
  readonly hubUrl: string;
  readonly folder: string;
  readonly ids: readonly string[];
}

export type FaultDeviceQuestions = {
  /** Answered when they are open, connected or not. */
  readonly open: { readonly ask: OpenFaultDevices; readonly answer: null };
  /** Their people begin to press buttons; displays only show. */
  readonly work: { readonly ask: number; readonly answer: null };
  readonly rest: { readonly ask: null; readonly answer: null };
  /** A single ticket from the first kiosk here; null when it was refused. */
  readonly draw: { readonly ask: null; readonly answer: string | null };
  readonly report: { readonly ask: readonly string[]; readonly answer: readonly HolderReport[] };
};

const platform = createNodePlatform();
const devices = new Map<string, Device>();
/** What stands on each display. */
const drawn = new Map<string, string>();
let work: readonly Work[] = [];

/** A board that is still another one by then is wrong. */
const DRAWN_WITHIN_MS = 5 * SECOND_MS;
const LOOK_MS = 20;

const isKind = (kind: 'kiosk' | 'display' | 'counter', id: string): boolean => id.startsWith(`${kind}-`);

function callerOf(id: string): Caller {
  if (isKind('kiosk', id)) return { role: 'kiosk', kioskId: id as KioskId };
  if (isKind('display', id)) return { role: 'display', displayId: id as DisplayId };
  return { role: 'clerk', counterId: id as CounterId };
}

function open(id: string, { hubUrl, folder }: OpenFaultDevices): void {
  const device = openDevice({ folder, stationId: id as DeviceId, hubUrl, caller: callerOf(id), platform });
  devices.set(id, device);
  const { engine } = device;
  if (isKind('kiosk', id)) engine.voidUnhandedTickets(id as KioskId);
  if (isKind('display', id)) watchBoard(id, device);
  let mode = engine.syncStatus().mode;
  tellParent({ kind: 'mode', by: id, mode });
  engine.onChange(() => {
    if (engine.syncStatus().mode === mode) return;
    mode = engine.syncStatus().mode;
    tellParent({ kind: 'mode', by: id, mode });
  });
}

function watchBoard(id: string, { engine }: Device): void {
  const publisher = createTopicPublisher({ host: engine, platform });
  const watch = createBoardWatch((record) => {
    if (record.kind === 'shown') tellParent({ ...record, by: id });
    if (record.kind === 'withdrawn') tellParent({ ...record, by: id });
  }, platform.now);
  publisher.watch({ topic: 'callBoard', params: { displayId: id as DisplayId } }, (value) => {
    drawn.set(id, callsOn(value as CallBoard | null));
    watch(value as CallBoard | null);
  });
}

const callsOn = (board: CallBoard | null): string =>
  (board?.calls ?? []).map(({ callId, announcement }) => `${callId} ${announcement}`).join();

/** Boards are drawn a moment after what they show has changed. */
async function untilDrawn(): Promise<void> {
  const isDrawn = ([id, { engine }]: [string, Device]): boolean =>
    !isKind('display', id) || drawn.get(id) === callsOn(callBoard(engine.state(), id as DisplayId, engine.now()));
  const giveUpAt = platform.monoMs() + DRAWN_WITHIN_MS;
  while (![...devices].every(isDrawn) && platform.monoMs() < giveUpAt)
    await new Promise<void>((resolve) => platform.schedule(LOOK_MS, resolve));
}

function workAt(id: string, { engine }: Device, seed: number): Work | null {
  const workplace = { by: id, host: engine, platform, tell: tellParent };
  if (isKind('kiosk', id)) return drawTickets(workplace, id as KioskId, seed);
  if (isKind('counter', id)) return serveVisitors(workplace, id as CounterId, seed);
  return null;
}

answerQuestions<FaultDeviceQuestions>(
  {
    open(asked) {
      for (const id of asked.ids) open(id, asked);
      return null;
    },
    work(seed) {
      work = [...devices].flatMap(([id, device], index) => workAt(id, device, seed + index) ?? []);
      return null;
    },
    async rest() {
      await Promise.all(work.map((one) => one.stop()));
      work = [];
      return null;
    },
    draw() {
      const [id = '', device] = [...devices].find(([each]) => isKind('kiosk', each)) ?? [];
      if (device === undefined) throw new Error('there is no kiosk here');
      return drawTicket({ by: id, host: device.engine, platform, tell: tellParent }, id as KioskId);
    },
    async report(commandIds) {
      await untilDrawn();
      return [...devices].map(([id, { engine }]) => reportOf(id, engine, commandIds));
    },
  },
  () => {
    for (const device of devices.values()) device.close();
  },
);
