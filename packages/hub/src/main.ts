/**
 * The composition root of a hub: store, sequencer, sync protocol, bridges and web server in one process. Used by
 * `npm start`, the replay, and a headless installation; the desktop apps will host it in a process of their own.
 */
import type { Server } from 'node:http';
import { hostname } from 'node:os';
import { mountBridgeOnSockets } from '@aufruf/engine/bridge/socket-mount';
import { createTopicPublisher } from '@aufruf/engine/bridge/topic-publisher';
import { withDiskNotice } from '@aufruf/engine/bridge/with-disk-notice';
import { watchDisk } from '@aufruf/engine/platform/disk-watch';
import type { Platform } from '@aufruf/engine/platform/platform';
import type { DatabaseStore } from '@aufruf/engine/store/sqlite-store';
import { createSocketLink } from '@aufruf/engine/transport/socket-io-client';
import { createSocketServer, serveSync } from '@aufruf/engine/transport/socket-io-server';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import type { Discovery } from '@aufruf/shared/protocol/discovery';
import type { HubPlace } from '@aufruf/shared/takeover/hub-place';
import { ClockRefused } from './business-day.ts';
import { openDataFolder } from './data-folder.ts';
import { announcedAddresses, announceHub } from './discovery/announce-hub.ts';
import { hubHealth } from './health.ts';
import { createRequestGuard } from './http-guard.ts';
import { createHttpServer, type RendererFolders } from './http-server.ts';
import { createHub, type Hub } from './hub.ts';
import { HubElsewhere } from './hub-place.ts';
import { closeServer, listen, toUrlHost } from './listen.ts';
import { readLocationFile } from './location-file.ts';
import type { StartRefusal } from './start-refusal.ts';
import { serveCopies } from './tools/copy-service.ts';
import { backUpDaily, type DailyBackup, type DailyBackupSettings } from './tools/daily-backup.ts';

export interface StartHubOptions {
  /** The location's configuration. */
  readonly locationFile: string;
  readonly dataFolder: string;
  /** Deletes what an earlier hub left in the data folder. */
  readonly fresh?: boolean;
  /** Where the built renderers lie. */
  readonly renderers: RendererFolders;
  /** Address to bind to; default 127.0.0.1, which only this machine reaches. */
  readonly host?: string;
  /** Absent: DEFAULT_HUB_PORT, or a free one if that is taken. A port that was asked for is never replaced; 0 is any. */
  readonly port?: number | undefined;
  /** Ignores opening hours: for demonstrations and tests at night. */
  readonly openAllDay?: boolean;
  /** Somebody has checked the clock: whatever day it shows is opened. */
  readonly acceptClock?: boolean;
  /** Makes a backup each day; absent: none. */
  readonly backup?: DailyBackupSettings | null;
  /** In earnest: a new data folder may stand for a lost one, so devices are waited for (O3). */
  readonly mayHavePredecessor?: boolean;
  /** Takes the hub's place (M5). */
  readonly takeOver?: HubPlace | undefined;
  /** Makes it known in its network, unless only its own machine reaches it; absent: nowhere. */
  readonly discovery?: Pick<Discovery, 'announce'>;
  /** Its place is published, or could not be. */
  readonly onTakeOver?: (isDone: boolean) => void;
  readonly platform: Platform;
}

export interface RunningHub {
  readonly hub: Hub;
  readonly port: number;
  /** Where this machine reaches it: `http://127.0.0.1:4700`. */
  readonly url: string;
  /** Commits what was begun, ends all connections, lets go of port and folder. Repetition does nothing. */
  close(): Promise<void>;
}

/** Starts a hub. What a person can mend is refused with lines that say how, and leaves nothing running. */
export async function startHub(options: StartHubOptions): Promise<Result<RunningHub, StartRefusal>> {
  const { platform, host = '127.0.0.1', port = null } = options;
  const location = readLocationFile(options.locationFile);
  if (!location.ok) return location;

  let hub: Hub | null = null;
  let backups: DailyBackup | null = null;
  const currentConfig = () => hub?.state().info.config ?? null;
  const guard = createRequestGuard(() => [
    hostname(),
    `${hostname()}.local`,
    host,
    ...publicNames(currentConfig()?.publicUrl),
  ]);
  const server = createHttpServer({
    renderers: options.renderers,
    guard,
    log: platform.log,
    config: currentConfig,
    movedTo: () => hub?.movedTo() ?? null,
    health: () => (hub === null ? null : hubHealth(hub, options.dataFolder, backups?.lastAt() ?? null)),
  });
  // The port first: who finds it taken must not have touched the data.
  const listening = await listen(server, { host, port });
  if (!listening.ok) return listening;
  const opened = openStore(options, location.value.id);
  if (!opened.ok) {
    await closeServer(server);
    return opened;
  }
  const store = opened.value;
  try {
    const { openAllDay = false, acceptClock = false, mayHavePredecessor = false, takeOver, onTakeOver } = options;
    hub = createHub({
      store,
      platform,
      config: location.value,
      openAllDay,
      acceptClock,
      mayHavePredecessor,
      ...(takeOver && { takeOver }),
      ...(onTakeOver && { onTakeOver }),
      openLink: (url) => createSocketLink({ url, platform }),
    });
  } catch (error) {
    store.close();
    await closeServer(server);
    if (error instanceof HubElsewhere) return refuse(elsewhere(error));
    if (!(error instanceof ClockRefused)) throw error;
    return refuse({
      type: 'badClock',
      lines: [
        `${capitalised(error.message)} of this machine, or name another folder with --data. If the clock is right: --accept-clock.`,
      ],
    });
  }
  backups = options.backup ? backUpDaily({ ...options.backup, store, platform, today: todayOf(hub) }) : null;
  return {
    ok: true,
    value: serve(hub, {
      store,
      folder: options.dataFolder,
      backups,
      server,
      guard,
      platform,
      host,
      port: listening.value,
      discovery: options.discovery,
    }),
  };
}

interface Parts {
  readonly store: DatabaseStore;
  readonly folder: string;
  readonly backups: DailyBackup | null;
  readonly server: Server;
  readonly guard: ReturnType<typeof createRequestGuard>;
  readonly platform: Platform;
  readonly host: string;
  readonly port: number;
  readonly discovery: StartHubOptions['discovery'] | undefined;
}

/** Lets devices and browsers in. */
function serve(hub: Hub, parts: Parts): RunningHub {
  const { store, folder, backups, server, guard, platform, host: address, port, discovery } = parts;
  const disk = watchDisk({ folder, platform });
  const host = withDiskNotice(hub, disk);
  const publisher = createTopicPublisher({ host, platform });
  const sockets = createSocketServer(server, { allowRequest: guard.isUpgradeAllowed, log: platform.log });
  serveSync(sockets, hub.attach);
  mountBridgeOnSockets({ server: sockets, host, publisher, platform });
  const addresses = announcedAddresses(address);
  const stopAnnouncing =
    discovery === undefined || addresses === null ? () => {} : announceHub({ hub, store, port, discovery, addresses });

  const stopCopies = serveCopies({ folder, store, platform });

  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    // In this order nobody is told of anything that is not on the disk.
    stopAnnouncing();
    disk.stop();
    hub.close();
    publisher.close();
    sockets.close();
    await closeServer(server);
    await Promise.all([stopCopies(), backups?.stop()]);
    store.close();
  }
  return {
    hub,
    port,
    url: `http://${toUrlHost(address)}:${port}`,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

const todayOf = (hub: Hub) => () => {
  const { day, config } = hub.state().info;
  return { day, timeZone: config?.timeZone ?? 'UTC' };
};

/** Opens the folder, and refuses one that holds another location's day: its numbers and visits would be mixed. */
function openStore(options: StartHubOptions, locationId: string): Result<DatabaseStore, StartRefusal> {
  const { dataFolder: folder, fresh = false, platform } = options;
  const opened = openDataFolder({ folder, fresh, platform });
  if (!opened.ok) return opened;
  const configuration = opened.value.readSetting('configuration');
  const heldId = configuration === null ? null : (JSON.parse(configuration) as { readonly id?: string }).id;
  if (heldId === null || heldId === locationId) return opened;
  opened.value.close();
  const line = `The data folder ${folder} belongs to the location "${heldId}", not "${locationId}": name another one with --data, or empty it with --fresh.`;
  return refuse({ type: 'otherLocation', lines: [line] });
}

const elsewhere = ({ device, address }: HubElsewhere): StartRefusal => ({
  type: 'elsewhere',
  lines: [
    `This location's hub is at ${device}${address === null ? '' : `, ${address}`}, as its configuration says, and this data folder is new.`,
    `To make this machine the hub: npm run hub -- takeover --device ${device} --address ADDRESS`,
  ],
});

const publicNames = (publicUrl: string | undefined): string[] =>
  publicUrl === undefined ? [] : [new URL(publicUrl).hostname];

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
