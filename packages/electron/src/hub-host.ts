/**
 * The hub that this app hosts, in a utility process of its own: a busy or broken hub never stops the screen, and the
 * other way round. A hub that ends, or answers nothing any more, is started again, at once the first time, a little later
 * each time after.
 */
import { fromHubChildSchema, type HubChildSettings, type ToHubChild } from '@aufruf/shared/protocol/hub-child';
import type { HubNews, HubRun } from '@aufruf/shared/takeover/own-hub';
import type { UtilityProcess } from 'electron';
import { createBackoff } from './backoff.ts';
import type { ShellPlatform } from './shell-platform.ts';

/** A hub that has not ended by then is ended; what it acknowledged is on the disk. */
export const STOP_WITHIN_MS = 2_000;

/** A hub that is up is asked so often whether it still listens. */
export const BEAT_MS = 2_000;
/**
 * After so many questions without an answer it is stuck; a disk that stalls takes seconds, not that long. Counted, not
 * timed, so that a machine that slept does not look like one.
 */
export const MAX_MISSED_BEATS = 5;
/** One that was told to end and is still there is ended by the system, which asks nobody. */
export const FORCE_AFTER_MS = 1_000;

export type HubProcess = Pick<UtilityProcess, 'on' | 'postMessage' | 'kill' | 'pid'>;

export interface HubHostOptions {
  /** Starts the process. */
  readonly fork: () => HubProcess;
  /** Asked at each start. */
  readonly settings: () => HubChildSettings;
  readonly tell: (news: HubNews) => void;
  /** `kill -9`, for a process that does not listen. */
  readonly force?: (pid: number) => void;
  readonly platform: ShellPlatform;
}

/** `stop` of what it answers may be repeated. */
export function hostHub({ fork, settings, tell: report, force = killNow, platform }: HubHostOptions): HubRun {
  const { log } = platform;
  const pause = createBackoff(platform.monoMs);
  let child: HubProcess | null = null;
  let cancelRestart = (): void => {};
  let cancelBeat = (): void => {};
  let cancelForce = (): void => {};
  let whenGone = (): void => {};
  let onPong = (): void => {};
  let stopping: Promise<void> | null = null;

  const tell = (process: HubProcess, message: ToHubChild): void => process.postMessage(message);

  /** A process that is stopped, or busy for ever, does not even notice that it is asked to end. */
  function end(process: HubProcess): void {
    process.kill();
    cancelForce = platform.schedule(FORCE_AFTER_MS, () => {
      if (process.pid !== undefined) force(process.pid);
    });
  }

  function watch(process: HubProcess): void {
    cancelBeat();
    let missed = 0;
    function beat(): void {
      if (missed === MAX_MISSED_BEATS) {
        log.error('the hub is stuck', { missed });
        end(process);
        return;
      }
      missed += 1;
      tell(process, { type: 'ping' });
      cancelBeat = platform.schedule(BEAT_MS, beat);
    }
    onPong = () => {
      missed = 0;
    };
    beat();
  }

  function start(): void {
    const process = fork();
    child = process;
    process.on('message', (message: unknown) => {
      const parsed = fromHubChildSchema.safeParse(message);
      if (!parsed.success) return log.warn('the hub said something unknown');
      switch (parsed.data.type) {
        case 'up':
          log.info('the hub is up', { port: parsed.data.port, pid: process.pid ?? null });
          watch(process);
          return report({ type: 'up' });
        case 'pong':
          return onPong();
        case 'tookOver':
        case 'moved':
          return report({ type: parsed.data.type });
        case 'refused':
          for (const line of parsed.data.lines) log.error('the hub cannot start', { line });
          report({ type: 'refused', reason: parsed.data.reason });
      }
    });
    process.on('exit', (code: number) => {
      child = null;
      cancelBeat();
      cancelForce();
      if (stopping !== null) return whenGone();
      log.error('the hub ended', { code });
      cancelRestart = platform.schedule(pause(), start);
      report({ type: 'ended' });
    });
    tell(process, { type: 'start', settings: settings() });
  }

  function stop(): Promise<void> {
    cancelRestart();
    cancelBeat();
    const process = child;
    if (process === null) return Promise.resolve();
    return new Promise((resolve) => {
      const cancelKill = platform.schedule(STOP_WITHIN_MS, () => end(process));
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

const killNow = (pid: number): void => void process.kill(pid, 'SIGKILL');
