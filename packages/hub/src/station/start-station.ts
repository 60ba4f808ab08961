/**
 * A station in web mode with an engine of its own: what a desktop app's main process is to its window, this is to the
 * browser of the same machine. The browser speaks to it alone, so the station goes on without the hub (M2, M3), relays
 * included; and its machine can be made the hub (M5).
 */
import type { Server } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { mountBridgeOnSockets } from '@aufruf/engine/bridge/socket-mount';
import { type Device, openDevice } from '@aufruf/engine/device/open-device';
import type { Platform } from '@aufruf/engine/platform/platform';
import { StorageFault } from '@aufruf/engine/store/event-store';
import { createSocketServer } from '@aufruf/engine/transport/socket-io-server';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import type { Discovery } from '@aufruf/shared/protocol/discovery';
import type { OwnHub } from '@aufruf/shared/takeover/own-hub';
import { createRequestGuard } from '../http-guard.ts';
import { createHttpServer, type RendererApp, type RendererFolders } from '../http-server.ts';
import { closeServer, listen, toUrlHost } from '../listen.ts';
import { makeWritable } from '../make-writable.ts';
import type { StationCaller } from '../options/station-options.ts';
import { serveAsRelay } from '../serve-as-relay.ts';
import type { StartRefusal } from '../start-refusal.ts';
import { createStationHub } from './station-hub.ts';

export interface StartStationOptions {
  readonly caller: StationCaller;
  /** `http://host:port` */
  readonly hubUrl: string;
  readonly dataFolder: string;
  readonly renderers: RendererFolders;
  readonly host: string;
  /** 0 is any. */
  readonly port: number;
  readonly discovery: Discovery;
  readonly platform: Platform;
}

export interface RunningStation {
  /** Where this machine's browser finds it: `http://127.0.0.1:4710/kiosk/`. */
  readonly url: string;
  /** Commits what was begun, ends all connections, lets go of port and folder. Repetition does nothing. */
  close(): Promise<void>;
}

/** Starts a station. What a person can mend is refused with lines that say how, and leaves nothing running. */
export async function startStation(options: StartStationOptions): Promise<Result<RunningStation, StartRefusal>> {
  const { caller, renderers, host, port, platform } = options;
  const app = appOf(caller);
  let device: Device | null = null;
  const guard = createRequestGuard(() => [hostname(), `${hostname()}.local`, host]);
  const server = createHttpServer({
    renderers,
    onlyApp: app,
    guard,
    log: platform.log,
    config: () => device?.engine.state().info.config ?? null,
    health: () => device && { status: 'ok', ...device.engine.syncStatus() },
  });
  // The port first: who finds it taken must not have touched the data.
  const listening = await listen(server, { host, port });
  if (!listening.ok) return listening;
  const { ownHub, startKept } = createStationHub(options);
  const opened = open(options, ownHub);
  if (!opened.ok) {
    await closeServer(server);
    return opened;
  }
  device = opened.value;
  startKept();
  const close = serve(device, ownHub, server, guard, options);
  return { ok: true, value: { url: `http://${toUrlHost(host)}:${listening.value}/${app}/`, close } };
}

const appOf = ({ role }: StationCaller): RendererApp => (role === 'clerk' ? 'counter' : role);

function stationIdOf(caller: StationCaller): DeviceId {
  switch (caller.role) {
    case 'kiosk':
      return caller.kioskId as string as DeviceId;
    case 'display':
      return caller.displayId as string as DeviceId;
    case 'clerk':
      return caller.counterId as string as DeviceId;
  }
}

function open(
  { caller, hubUrl, dataFolder, discovery, platform }: StartStationOptions,
  ownHub: OwnHub,
): Result<Device, StartRefusal> {
  const problem = makeWritable(dataFolder);
  if (problem !== null) {
    const line = `The data folder ${dataFolder} ${problem}: name another one with --data.`;
    return refuse({ type: 'folderNotWritable', lines: [line] });
  }
  const stationId = stationIdOf(caller);
  try {
    const relay = caller.role === 'display' ? {} : { openRelayService: serveAsRelay(discovery) };
    const device = openDevice({ folder: dataFolder, stationId, hubUrl, caller, discovery, ownHub, platform, ...relay });
    return { ok: true, value: device };
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    return error.type === 'locked'
      ? refuse({
          type: 'folderInUse',
          lines: [`Another station is working with ${join(dataFolder, `${stationId}.db`)}: stop it first.`],
        })
      : refuse({
          type: 'storage',
          lines: [`The database in ${dataFolder} cannot be used (${error.message}): name another folder with --data.`],
        });
  }
}

/** Lets the browser in. Returns how to end it all. */
function serve(
  device: Device,
  ownHub: OwnHub,
  server: Server,
  guard: ReturnType<typeof createRequestGuard>,
  { caller, hubUrl, platform }: StartStationOptions,
): () => Promise<void> {
  const { log } = platform;
  const sockets = createSocketServer(server, { allowRequest: guard.isUpgradeAllowed, log });
  mountBridgeOnSockets({
    server: sockets,
    host: device.host,
    publisher: device.publisher,
    platform,
    station: {
      caller,
      hubUrl,
      onNewPage() {
        if (caller.role !== 'kiosk') return;
        // A new page knows nothing of what the one before it had just drawn: nobody holds those numbers (N3).
        const voided = device.engine.voidUnhandedTickets(caller.kioskId);
        if (voided > 0) log.warn('tickets that nobody holds were taken back', { count: voided });
      },
    },
  });
  let closing: Promise<void> | null = null;
  return () => {
    closing ??= (async () => {
      sockets.close();
      device.close();
      await ownHub.stop();
      await closeServer(server);
    })();
    return closing;
  };
}
