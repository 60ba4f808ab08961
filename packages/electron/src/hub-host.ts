/**
 * The hub that this app hosts, in a utility process of its own: a busy or broken hub never stops the screen, and the
 * other way round. A hub that ends is started again, at once the first time, a little later each time after.
 */
import { fromHubChildSchema, type HubChildSettings, type ToHubChild } from '@aufruf/shared/protocol/hub-child';
import type { UtilityProcess } from 'electron';
import { createBackoff } from './backoff.ts';
import type { ShellPlatform } from './shell-platform.ts';

/** A hub that has not ended by then is ended; what it acknowledged is on the disk. */
export const STOP_WITHIN_MS = 2_000;

export type HubProcess = Pick<UtilityProcess, 'on' | 'postMessage' | 'kill'>;

export interface HubHost {
  /** Resolves when the process is gone. Repetition does nothing. */
  stop(): Promise<void>;
}

export interface HubHostOptions {
  /** Starts the process. */
  readonly fork: () => HubProcess;
  readonly settings: HubChildSettings;
  readonly platform: ShellPlatform;
}

export function hostHub({ fork, settings, platform }: HubHostOptions): HubHost {
  const { log } = platform;
  const pause = createBackoff(platform.monoMs);
  let child: HubProcess | null = null;
  let cancelRestart = (): void => {};
  let whenGone = (): void => {};
  let stopping: Promise<void> | null = null;

  const tell = (process: HubProcess, message: ToHubChild): void => process.postMessage(message);

  function start(): void {
    const process = fork();
    child = process;
    process.on('message', (message: unknown) => {
      const parsed = fromHubChildSchema.safeParse(message);
      if (!parsed.success) return log.warn('the hub said something unknown');
      if (parsed.data.type === 'up') log.info('the hub is up', { port: parsed.data.port });
      else for (const line of parsed.data.lines) log.error('the hub cannot start', { line });
    });
    process.on('exit', (code: number) => {
      child = null;
      if (stopping !== null) return whenGone();
      log.error('the hub ended', { code });
      cancelRestart = platform.schedule(pause(), start);
    });
    tell(process, { type: 'start', settings });
  }

  function stop(): Promise<void> {
    cancelRestart();
    const process = child;
    if (process === null) return Promise.resolve();
    return new Promise((resolve) => {
      const cancelKill = platform.schedule(STOP_WITHIN_MS, () => process.kill());
      whenGone = () => {
        cancelKill();
        resolve();
      };
      tell(process, { type: 'stop' });
    });
  }

  start();
  return {
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
