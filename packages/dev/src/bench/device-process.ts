/**
 * Some devices of a bench: each an engine with its own database and its own connection to the hub; beside them as many
 * bare socket.io clients, and screens of web mode. Spans begin and end here, where a person would press and look.
 */
import { join } from 'node:path';
import { createJsonLog } from '@aufruf/engine/platform/json-log';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import { createDeviceEngine, type DeviceEngine } from '@aufruf/engine/sync/device-engine';
import { createSocketLink } from '@aufruf/engine/transport/socket-io-client';
import type { CallResult } from '@aufruf/shared/bridge/bridge';
import type { Command, CommandInput, CommandName } from '@aufruf/shared/domain/commands';
import type { CommandId, DeviceId } from '@aufruf/shared/lib/ids';
import { openSocketBridge, type SocketBridge } from '@aufruf/ui/bridge/socket-bridge';
import { answerQuestions } from '../process/helper.ts';
import { nowMs } from './clock.ts';
import { type Heap, heapAfterCollection } from './heap.ts';
import { connectRawClients, type RawClients } from './raw-sockets.ts';

export type ScreenRole = 'kiosk' | 'clerk';

export interface OpenDevices {
  readonly hubUrl: string;
  /** Null: no bare clients. */
  readonly rawUrl: string | null;
  readonly devices: readonly { readonly id: string; readonly folder: string }[];
  /** Roles of the screens in web mode. */
  readonly screens: readonly ScreenRole[];
}

export interface Ordered {
  readonly startedAt: number;
  /** When the receipt was there. */
  readonly answeredAt: number;
  readonly number: string | null;
}

/** One command, given on a device or in web mode. */
export interface BenchOrder<N extends CommandName = CommandName> {
  /** The device's id, or the screen in web mode. */
  readonly at: string | { readonly screen: ScreenRole };
  readonly name: N;
  readonly input: CommandInput<N>;
  readonly commandId: CommandId;
}

export type DeviceQuestions = {
  /** Answered when all devices hold the hub's day. */
  readonly open: { readonly ask: OpenDevices; readonly answer: null };
  /** All devices are switched off; `open` starts them again with what they hold. */
  readonly leave: { readonly ask: null; readonly answer: null };
  readonly order: { readonly ask: BenchOrder; readonly answer: Ordered };
  /** From now on it is noted when the last device here has the command granted in its state. */
  readonly watch: { readonly ask: CommandId; readonly answer: null };
  readonly seen: { readonly ask: CommandId; readonly answer: number };
  /** Answered when all devices hold so many rows and follow the hub. */
  readonly reach: { readonly ask: number; readonly answer: null };
  readonly heap: { readonly ask: null; readonly answer: Heap };
  readonly rawPing: { readonly ask: null; readonly answer: number };
  readonly rawTellAll: { readonly ask: number; readonly answer: number };
  readonly rawTold: { readonly ask: number; readonly answer: number };
  /** A new device fetches a day of so many rows, ms from its first connection. */
  readonly catchUp: {
    readonly ask: { readonly hubUrl: string; readonly id: string; readonly folder: string; readonly rows: number };
    readonly answer: number;
  };
};

const log = createJsonLog({ level: 'error', now: () => Date.now(), write: (line) => process.stderr.write(line) });
const platform = createNodePlatform({ log });
const engines = new Map<string, DeviceEngine>();
const closers: (() => void)[] = [];
let raw: RawClients | null = null;
const screens = new Map<ScreenRole, SocketBridge>();
const watches = new Map<CommandId, Promise<number>>();

function openEngine(id: string, folder: string, url: string): DeviceEngine {
  const store = openSqliteStore({ file: join(folder, `${id}.db`), device: id as DeviceId, platform });
  const engine = createDeviceEngine({ store, link: createSocketLink({ url, platform }), platform });
  closers.push(() => {
    engine.close();
    store.close();
  });
  return engine;
}

/** Resolves as soon as it is so; an engine tells of each change. */
function until(engine: DeviceEngine, isSo: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    if (isSo()) return resolve(nowMs());
    const stop = engine.onChange(() => {
      if (!isSo()) return;
      stop();
      resolve(nowMs());
    });
  });
}

const isReady = (engine: DeviceEngine): boolean =>
  engine.syncStatus().mode === 'ORDERED' && engine.state().info.status === 'open';

const untilLast = async (isSo: (engine: DeviceEngine) => boolean): Promise<number> =>
  Math.max(...(await Promise.all([...engines.values()].map((engine) => until(engine, () => isSo(engine))))));

const rawClients = (): RawClients => {
  if (raw === null) throw new Error('no raw clients are open');
  return raw;
};

async function order({ at, name, input, commandId }: BenchOrder): Promise<Ordered> {
  const startedAt = nowMs();
  const result: CallResult<CommandName> | undefined =
    typeof at === 'object'
      ? await screens.get(at.screen)?.call(name, input, commandId)
      : // The pair of name and input is checked where the bench gives the order.
        await engines.get(at)?.execute({ name, commandId, input } as unknown as Command);
  const answeredAt = nowMs();
  if (result?.ok !== true) throw new Error(`${name} was refused: ${JSON.stringify(result?.refusal)}`);
  return { startedAt, answeredAt, number: result.value.number };
}

answerQuestions<DeviceQuestions>(
  {
    async open({ hubUrl, rawUrl, devices, screens: roles }) {
      if (rawUrl !== null && devices.length > 0) raw = await connectRawClients(rawUrl, devices.length);
      for (const { id, folder } of devices) engines.set(id, openEngine(id, folder, hubUrl));
      for (const role of roles) {
        const { promise, resolve } = Promise.withResolvers<void>();
        screens.set(role, openSocketBridge({ url: hubUrl, role, onWelcome: () => resolve() }));
        await promise;
      }
      await untilLast(isReady);
      return null;
    },
    leave() {
      for (const close of closers.splice(0)) close();
      engines.clear();
      return null;
    },
    order,
    watch(commandId) {
      watches.set(
        commandId,
        untilLast((engine) => engine.state().commands.get(commandId)?.status === 'granted'),
      );
      return null;
    },
    async seen(commandId) {
      const at = await watches.get(commandId);
      watches.delete(commandId);
      if (at === undefined) throw new Error('this command was not watched');
      return at;
    },
    async reach(rows) {
      await untilLast((engine) => engine.rows() >= rows && isReady(engine));
      return null;
    },
    heap: heapAfterCollection,
    rawPing: () => rawClients().ping(),
    rawTellAll: (round) => rawClients().tellAll(round),
    rawTold: (round) => rawClients().told(round),
    async catchUp({ hubUrl, id, folder, rows }) {
      const startedAt = nowMs();
      const engine = openEngine(id, folder, hubUrl);
      const at = await until(engine, () => engine.rows() >= rows && isReady(engine));
      return at - startedAt;
    },
  },
  () => {
    for (const screen of screens.values()) screen.close();
    raw?.close();
    for (const close of closers) close();
  },
);
