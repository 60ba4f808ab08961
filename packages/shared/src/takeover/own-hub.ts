/**
 * The hub that a machine hosts itself (rule M5): started because the machine is set up so, or because somebody at it has
 * made it the hub. Carries no hub; how one is run, and where the choice is kept, comes from outside, so that a desktop app
 * and a station do the same.
 *
 * Invariants: a takeover begins only once the choice is kept, and is kept as one until the hub has published its place, so
 * that a restart in between goes on with it, and one after that does not repeat it. A takeover that fails leaves the machine
 * as it was.
 */
import type { LocationConfig } from '../domain/location-config/schema.ts';
import { type Result, refuse } from '../lib/result.ts';
import type { HubRefusal } from '../protocol/hub-child.ts';
import { type HubPlace, portOf } from './hub-place.ts';
import { failureOf, type OwnHubStatus } from './own-hub-status.ts';

export interface HubWish {
  /** The location's configuration, an absolute path. */
  readonly locationFile: string;
  readonly port: number;
  /** Set until the place is taken. */
  readonly takeOver?: HubPlace | undefined;
}

/**
 * What is heard of the hub that runs. `moved`: another one has taken its place, and it hands on what it has. `ended`: by
 * itself; whoever runs it may start it again.
 */
export type HubNews =
  | { readonly type: 'up' | 'tookOver' | 'moved' | 'ended' }
  | { readonly type: 'refused'; readonly reason: HubRefusal };

export interface HubRun {
  /** Resolves when the hub is gone and its port free. */
  stop(): Promise<void>;
}

export interface OwnHubOptions {
  /** Runs a hub; `wish` is asked at each start of it. */
  readonly run: (wish: () => HubWish, tell: (news: HubNews) => void) => HubRun;
  /** Over restarts; null: hosts none. @throws when the disk refuses */
  readonly keep: (wish: HubWish | null) => void;
  /** Answers the file. @throws when the disk refuses */
  readonly writeLocation: (config: LocationConfig) => string;
  readonly log: {
    warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
    error(message: string, fields?: Readonly<Record<string, unknown>>): void;
  };
}

export interface OwnHub {
  status(): OwnHubStatus;
  /** Told after each change of it. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** As the machine is set up; what cannot start is tried again by whoever runs it. */
  start(wish: HubWish): void;
  /** Makes this machine the hub; how it goes says the status. Repetition for the same place does nothing. */
  takeOver(place: HubPlace, config: LocationConfig): Result<null, { readonly type: 'storageFailed' }>;
  stop(): Promise<void>;
}

export function createOwnHub({ run, keep, writeLocation, log }: OwnHubOptions): OwnHub {
  const listeners = new Set<() => void>();
  let status: OwnHubStatus = { state: 'none' };
  let wish: HubWish | null = null;
  let running: HubRun | null = null;
  /** Stands for the hub that runs: of one that was given up nothing counts any more. */
  let current: object | null = null;
  /** The place somebody has ordered this machine to take, and what it hosted before; null: nobody has. */
  let order: { readonly place: HubPlace; readonly before: HubWish | null } | null = null;

  function say(next: OwnHubStatus): void {
    status = next;
    for (const listener of [...listeners]) listener();
  }

  function start(next: HubWish): void {
    wish = next;
    if (status.state !== 'starting') say({ state: 'starting' });
    const own = {};
    current = own;
    running = run(
      () => wish ?? next,
      (news) => {
        if (current === own) hear(news);
      },
    );
  }

  async function stop(): Promise<void> {
    const ending = running;
    running = null;
    current = null;
    await ending?.stop();
  }

  function hear(news: HubNews): void {
    switch (news.type) {
      case 'up':
        say({ state: wish?.takeOver === undefined ? 'hub' : 'refilling' });
        break;
      case 'tookOver':
        settle();
        break;
      case 'moved':
        // This machine is a relay's again, and may be made the hub once more.
        say({ state: 'none' });
        break;
      case 'refused':
        log.error('this machine cannot be the hub', { reason: news.reason });
        if (order !== null) giveUp(order.before);
        say({ state: 'failed', failure: failureOf(news.reason) });
        break;
      case 'ended':
        if (order !== null) {
          giveUp(order.before);
          say({ state: 'failed', failure: 'unexpected' });
        } else if (status.state !== 'failed') say({ state: 'starting' });
    }
  }

  /** Its place is taken: from the next start on it is a hub like any other. */
  function settle(): void {
    order = null;
    if (wish !== null) {
      const { locationFile, port } = wish;
      wish = { locationFile, port };
      tryToKeep(wish);
    }
    say({ state: 'hub' });
  }

  function giveUp(before: HubWish | null): void {
    order = null;
    wish = before;
    tryToKeep(before);
    void stop().then(() => {
      if (before !== null && running === null) start(before);
    });
  }

  function tryToKeep(next: HubWish | null): void {
    try {
      keep(next);
    } catch (error) {
      // At the next start it is tried again, which changes nothing where it is done.
      log.error('what this machine hosts could not be kept', { error });
    }
  }

  return {
    status: () => status,
    onChange(listener) {
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    start,
    takeOver(place, config) {
      if (order?.place.address === place.address) return { ok: true, value: null };
      const before = wish;
      let next: HubWish;
      try {
        next = { locationFile: writeLocation(config), port: portOf(place), takeOver: place };
        keep(next);
      } catch (error) {
        log.error('a takeover could not be kept, and has not begun', { error });
        return refuse({ type: 'storageFailed' });
      }
      log.warn('this machine takes over as the hub', { ...place });
      order = { place, before };
      // Whoever serves as a relay here hears it, and makes room.
      say({ state: 'starting' });
      if (running === null) start(next);
      else void stop().then(() => start(next));
      return { ok: true, value: null };
    },
    async stop() {
      listeners.clear();
      await stop();
    },
  };
}
