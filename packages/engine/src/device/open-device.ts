/**
 * One device, all of it: its database, its engine, its link to the hub, and the sessions of the screens before it. What
 * a desktop app's main process opens, once for the station it is.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { Caller } from '@aufruf/shared/bridge/roles';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { Discovery } from '@aufruf/shared/protocol/discovery';
import type { OwnHub } from '@aufruf/shared/takeover/own-hub';
import { type BridgeSession, type BridgeSessionOptions, createBridgeSession } from '../bridge/bridge-session.ts';
import { createTopicPublisher, type TopicPublisher } from '../bridge/topic-publisher.ts';
import { withDiskNotice } from '../bridge/with-disk-notice.ts';
import { withMachine } from '../bridge/with-machine.ts';
import { watchDisk } from '../platform/disk-watch.ts';
import type { Platform } from '../platform/platform.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { createDeviceEngine, type DeviceEngine } from '../sync/device-engine.ts';
import type { OpenRelayService } from '../sync/relay-service.ts';
import { createSocketLink } from '../transport/socket-io-client.ts';
import type { HubLink } from '../transport/transport.ts';

export interface DeviceOptions {
  /** Where the database lies; made if it is not there. */
  readonly folder: string;
  readonly stationId: DeviceId;
  /** `http://host:port` */
  readonly hubUrl: string;
  readonly caller: Caller;
  /** Serves the island when the configuration names this device as a relay (M2); handed in, as it is the hub's code. */
  readonly openRelayService?: OpenRelayService;
  /** Finds a hub or relay that has got another address (M5). */
  readonly discovery?: Pick<Discovery, 'browse'>;
  /** The hub that this machine hosts, or could (M5); absent: it has none to start. */
  readonly ownHub?: OwnHub;
  readonly platform: Platform;
}

export interface Device {
  readonly engine: DeviceEngine;
  /** What stands behind its screens. */
  readonly host: CommandHost;
  /** For sessions that are opened elsewhere. */
  readonly publisher: TopicPublisher;
  openSession(send: BridgeSessionOptions['send']): BridgeSession;
  close(): void;
}

/** @throws StorageFault when the disk refuses; then nothing is left open */
export function openDevice(options: DeviceOptions): Device {
  const { folder, stationId, hubUrl, caller, openRelayService, discovery, ownHub, platform } = options;
  mkdirSync(folder, { recursive: true });
  const store = openSqliteStore({ file: join(folder, `${stationId}.db`), device: stationId, platform });
  let engine: DeviceEngine;
  try {
    const openLink = (url: string): HubLink => createSocketLink({ url, platform });
    engine = createDeviceEngine({
      store,
      link: openLink(hubUrl),
      hubAddress: hubUrl,
      platform,
      openRelayLink: openLink,
      ...(openRelayService && { openRelayService }),
      ...(discovery && { discovery }),
    });
  } catch (error) {
    store.close();
    throw error;
  }
  const disk = watchDisk({ folder, platform });
  const { host, end } = withMachine(withDiskNotice(engine, disk), {
    device: stationId,
    setUpWith: hubUrl,
    engine,
    ownHub,
  });
  const publisher = createTopicPublisher({ host, platform });
  return {
    engine,
    host,
    publisher,
    openSession: (send) => createBridgeSession({ host, caller, publisher, platform, send }),
    close() {
      end();
      disk.stop();
      publisher.close();
      engine.close();
      store.close();
    },
  };
}
