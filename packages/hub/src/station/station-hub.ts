/**
 * The hub that a station's machine hosts once a supervisor has made it the hub (M5). It runs in the station's own process:
 * here is no window that it could hold up, and whoever starts the station again starts both.
 *
 * What is hosted is kept beside the station's database, so that after a restart the hub is there again.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '@aufruf/engine/platform/platform';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { Discovery } from '@aufruf/shared/protocol/discovery';
import { hubPlaceSchema } from '@aufruf/shared/takeover/hub-place';
import { createOwnHub, type HubNews, type HubRun, type HubWish, type OwnHub } from '@aufruf/shared/takeover/own-hub';
import { z } from 'zod';
import type { RendererFolders } from '../http-server.ts';
import { bindHost } from '../listen.ts';
import { type RunningHub, startHub } from '../main.ts';
import { whenMoved } from '../when-moved.ts';

/** A hub that cannot start is tried again so much later. */
const START_AGAIN_MS = 3 * SECOND_MS;

const keptSchema = z
  .strictObject({
    locationFile: z.string().min(1),
    port: z.int().min(1).max(65_535),
    takeOver: hubPlaceSchema.optional(),
    /** Where it listens. */
    host: z.string().min(1),
  })
  .nullable();
type KeptHub = z.infer<typeof keptSchema>;

export interface StationHubOptions {
  /** The station's. */
  readonly dataFolder: string;
  readonly renderers: RendererFolders;
  readonly discovery: Pick<Discovery, 'announce'>;
  readonly platform: Platform;
}

export interface StationHub {
  readonly ownHub: OwnHub;
  /** Starts what the station hosted when it ended. */
  startKept(): void;
}

export function createStationHub(options: StationHubOptions): StationHub {
  const { dataFolder, platform } = options;
  const file = join(dataFolder, 'own-hub.json');
  let host = '127.0.0.1';

  const ownHub = createOwnHub({
    run: (wish, tell) => runHere(options, () => ({ ...wish(), host }), tell),
    keep(wish) {
      if (wish?.takeOver !== undefined) host = bindHost(new URL(wish.takeOver.address).hostname);
      const kept: KeptHub = wish && { ...wish, host };
      writeJson(file, kept);
    },
    writeLocation(config) {
      const locationFile = join(dataFolder, 'hub-location.json');
      writeJson(locationFile, config);
      return locationFile;
    },
    log: platform.log,
  });

  return {
    ownHub,
    startKept() {
      const kept = readKept(file, platform);
      if (kept === null) return;
      const { host: keptHost, ...wish } = kept;
      host = keptHost;
      ownHub.start(wish);
    },
  };
}

/** A file that cannot be read is logged and left for a person to see. */
function readKept(file: string, { log }: Platform): KeptHub {
  try {
    return keptSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.error('a file cannot be read', { file, error });
    return null;
  }
}

/** Whole or not at all. */
function writeJson(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

function runHere(
  { dataFolder, renderers, discovery, platform }: StationHubOptions,
  wish: () => HubWish & { readonly host: string },
  tell: (news: HubNews) => void,
): HubRun {
  let isStopped = false;
  let cancelRetry = (): void => {};
  let running = start();

  async function start(): Promise<RunningHub | null> {
    const started = await startHub({
      ...wish(),
      dataFolder: join(dataFolder, 'hub'),
      renderers,
      discovery,
      mayHavePredecessor: true,
      onTakeOver: (isDone) => tell(isDone ? { type: 'tookOver' } : { type: 'refused', reason: 'notPublished' }),
      platform,
    });
    if (started.ok) {
      platform.log.info('the hub is up', { port: started.value.port });
      tell({ type: 'up' });
      whenMoved(started.value.hub, () => tell({ type: 'moved' }));
      return started.value;
    }
    for (const line of started.refusal.lines) platform.log.error('the hub cannot start', { line });
    tell({ type: 'refused', reason: started.refusal.type });
    if (isStopped) return null;
    cancelRetry = platform.schedule(START_AGAIN_MS, () => {
      running = start();
    });
    return null;
  }

  return {
    async stop() {
      isStopped = true;
      cancelRetry();
      await (await running)?.close();
    },
  };
}
