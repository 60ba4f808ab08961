/**
 * All connections of a hub: their sessions, and the heads sent to them (rule P1). A head is a hint; it may be lost, and a
 * device that is behind pulls. Connects `hub-core.ts` to transports; decides nothing itself.
 */
import type { StateCheck } from '@aufruf/engine/ledger/day-ledger';
import type { Platform } from '@aufruf/engine/platform/platform';
import type { OrderedEntry } from '@aufruf/engine/store/event-store';
import type { HintSender, HubConnection } from '@aufruf/engine/transport/transport';
import { jsonBytes } from '@aufruf/shared/bridge/json-size';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import { MAX_BATCH_EVENTS, MAX_HEAD_TAIL_BYTES } from '@aufruf/shared/protocol/limits';
import type { Head, WireError } from '@aufruf/shared/protocol/messages';
import type { Hash, JournalEvent } from '@aufruf/shared/sync/event';
import type { Position } from '@aufruf/shared/sync/order';
import type { Ask, OnAskAnswer } from './decisions.ts';
import { type Greeting, type HubView, type Session, stepSession } from './hub-core.ts';
import type { News, OnPushAnswer, Push } from './sequencer-push.ts';

/** Who neither asked nor is looked at by the waiting hears of new rows so much later, with those that came meanwhile. */
export const ONLOOKER_DELAY_MS = 20;

export interface ConnectedDevice {
  readonly device: DeviceId;
  readonly since: EpochMs;
}

export interface Sessions {
  attach(connection: HubConnection): void;
  /**
   * Tells every greeted device where the order stands; `entries` are the newest ones, in order, none left out. Who claimed
   * something has heard it before the answer to its push; others whose pushes have been answered since the last time hear it
   * first; then displays; all others within ONLOOKER_DELAY_MS, of several commits together.
   */
  sendHeads(position: Position, check: StateCheck | null, entries: readonly OrderedEntry[]): void;
  connected(): readonly ConnectedDevice[];
  /** Ends all connections. */
  close(): void;
}

export interface SessionsOptions {
  readonly platform: Platform;
  readonly view: () => Omit<HubView, 'lastHeardAt' | 'isServedAsRelay'>;
  readonly onPush: (push: Push, onAnswer: OnPushAnswer) => void;
  readonly onAsk: (ask: Ask, onAnswer: OnAskAnswer) => void;
  readonly onHigherEpoch: (epoch: number, isReplaced: boolean) => void;
  /** Answers whether it is noted that there was another hub, with that epoch; absent where none can have been. */
  readonly onPredecessor?: (epoch: number) => boolean;
  /** Before a hello is answered. */
  readonly onGreeted?: (greeting: Greeting) => void;
  readonly onRolledBack?: () => void;
  /** Another hub has said hello. */
  readonly onAskedByHub?: () => void;
  /** A device holds a day to its end. */
  readonly onHolder?: (day: LocalDate, device: DeviceId) => void;
  /** When each device was last heard before this start, as far as the log tells. */
  readonly heardBefore: ReadonlyMap<DeviceId, EpochMs>;
}

export function createSessions(options: SessionsOptions): Sessions {
  const { platform, view, onPush, onAsk, onHigherEpoch, heardBefore } = options;
  const sessions = new Map<HubConnection, Session>();
  const lastHeardAt = new Map(heardBefore);
  /** Connections whose pushes have been answered since the last heads. */
  const answered = new Set<HubConnection>();
  /** End of the order of which each was told, by its chain. */
  const told = new WeakMap<HubConnection, Hash>();
  /** What has been ordered since all were told, and where the order stands. */
  let untold: OrderedEntry[] = [];
  let latest: { readonly position: Position; readonly check: StateCheck | null } | null = null;
  let cancelTell: (() => void) | null = null;

  function onRequest(connection: HubConnection, name: string, body: unknown, answer: (body: unknown) => void): void {
    const before = sessions.get(connection);
    if (before === undefined) return;
    const now = platform.now();
    const isServedAsRelay: HubView['isServedAsRelay'] = (incarnation) =>
      [...sessions].some(([other, its]) => other !== connection && isIslands(its, incarnation));
    const hub: HubView = { ...view(), isServedAsRelay, lastHeardAt: (device) => lastHeardAt.get(device) ?? 0 };
    const { session, outputs } = stepSession(before, name, body, hub, now);
    sessions.set(connection, session);
    if (session.phase === 'greeted') lastHeardAt.set(session.device, now);
    for (const output of outputs) {
      switch (output.type) {
        case 'answer':
          logRefusal(connection, session, name, output.body);
          answer(output.body);
          break;
        case 'push':
          onPush(output.push, (body, news) => {
            logRefusal(connection, session, name, body);
            // Somebody stands there and waits for the decision; for what the answer says nobody does.
            const isAsking = news !== null && output.push.events.some(({ event }) => isClaim(event));
            const head = isAsking ? headForAsking(connection, news) : null;
            if (head !== null) connection.sendHint('sync:head', head);
            answer(body);
            if (sessions.has(connection)) answered.add(connection);
          });
          break;
        case 'ask':
          onAsk(output.ask, (result) => {
            const body = result.ok
              ? { ok: true, head: result.value && headForAsking(connection, result.value) }
              : { ok: false, error: result.refusal };
            logRefusal(connection, session, name, body);
            answer(body);
          });
          break;
        case 'greeted':
          replaceOlder(connection, session);
          options.onGreeted?.(output);
          break;
        case 'predecessor':
          if (options.onPredecessor?.(output.epoch) !== true) break;
          onRequest(connection, name, body, answer);
          return;
        case 'rolledBack':
          options.onRolledBack?.();
          break;
        case 'askedByHub':
          options.onAskedByHub?.();
          break;
        case 'holdsDay':
          options.onHolder?.(output.day, output.device);
          break;
        case 'higherEpoch':
          onHigherEpoch(output.epoch, output.isReplaced);
          break;
      }
    }
  }

  /**
   * A device that comes back finds its old connection not yet timed out, and what it had said on that one may arrive even
   * later: the connection that was opened last counts, but one to a hub before one to a relay. Two that go on at once are clones (J3).
   */
  function replaceOlder(connection: HubConnection, session: Session): void {
    if (session.phase !== 'greeted') return;
    let isOlder = true;
    // In the order in which they were opened.
    for (const [other, its] of [...sessions]) {
      if (other === connection) isOlder = false;
      if (other === connection || its.phase !== 'greeted' || its.device !== session.device) continue;
      const otherGoes = its.wantsRelay === session.wantsRelay ? isOlder : its.wantsRelay;
      if (its.incarnation === session.incarnation) sessions.set(otherGoes ? other : connection, { phase: 'replaced' });
      else platform.log.warn('two devices connect under one name', { device: session.device });
    }
  }

  function logRefusal(connection: HubConnection, session: Session, name: string, body: unknown): void {
    const { ok, error } = body as { ok: boolean; error?: WireError };
    if (ok) return;
    const device = session.phase === 'greeted' ? session.device : null;
    platform.log.warn('a message was refused', { connection: connection.id, device, name, error: error?.type });
  }

  const displays = (): readonly HubConnection[] =>
    [...sessions].flatMap(([connection, session]) =>
      session.phase === 'greeted' && session.role === 'display' ? [connection] : [],
    );

  function headOf(position: Position, check: StateCheck | null, entries: readonly OrderedEntry[]): Head {
    const tail = fits(entries) ? [...entries] : [];
    return { epoch: view().epoch, position, hubAt: platform.now(), tail, check };
  }

  /** What whoever claimed something is told before all others. */
  function headForAsking(connection: HubConnection, { position, check, entries }: News): Head | null {
    if (sessions.get(connection)?.phase !== 'greeted' || view().hasSteppedDown) return null;
    told.set(connection, position.chain);
    return headOf(position, check, [...untoldOf(position.day), ...entries]);
  }

  /** What not all have been told of; another day's nobody needs any more. */
  const untoldOf = (day: LocalDate): readonly OrderedEntry[] => (untold[0]?.row.day === day ? untold : []);

  /** To those among the connections who are greeted and, if so wanted, have not been told of this very position. */
  function tell(connections: Iterable<HubConnection>, entries: readonly OrderedEntry[], isAgain = false): void {
    if (latest === null || view().hasSteppedDown) return;
    const { position, check } = latest;
    const head = headOf(position, check, entries);
    const bySender = new Map<HintSender, string[]>();
    for (const connection of connections) {
      if (sessions.get(connection)?.phase !== 'greeted') continue;
      if (!isAgain && told.get(connection) === position.chain) continue;
      told.set(connection, position.chain);
      const { id, sender } = connection;
      if (sender === undefined) connection.sendHint('sync:head', head);
      else if (!bySender.get(sender)?.push(id)) bySender.set(sender, [id]);
    }
    // Packed once for all connections of a server.
    for (const [sender, ids] of bySender) sender.send(ids, 'sync:head', head);
  }

  function tellAll(isAgain: boolean): void {
    cancelTell?.();
    cancelTell = null;
    tell(sessions.keys(), untold, isAgain);
    untold = [];
  }

  return {
    attach(connection) {
      sessions.set(connection, { phase: 'new' });
      connection.onRequest((name, body, answer) => onRequest(connection, name, body, answer));
      connection.onClose(() => {
        const session = sessions.get(connection);
        // It answered pings until about now.
        if (session?.phase === 'greeted') lastHeardAt.set(session.device, platform.now());
        sessions.delete(connection);
        answered.delete(connection);
      });
    },
    sendHeads(position, check, entries) {
      latest = { position, check };
      untold = [...untoldOf(position.day), ...entries];
      // That time has passed is told to everybody: it carries the clock, and a sign of life.
      if (entries.length === 0) return tellAll(true);
      tell(answered, untold);
      tell(displays(), entries);
      answered.clear();
      cancelTell ??= platform.schedule(ONLOOKER_DELAY_MS, () => tellAll(false));
    },
    connected: () =>
      [...sessions.values()].flatMap((session) =>
        session.phase === 'greeted' ? [{ device: session.device, since: session.contact.helloAt }] : [],
      ),
    close() {
      cancelTell?.();
      for (const connection of sessions.keys()) connection.close();
      sessions.clear();
      answered.clear();
    },
  };
}

const isIslands = (session: Session, incarnation: Incarnation): boolean =>
  session.phase === 'greeted' && session.wantsRelay && session.incarnation === incarnation;

const isClaim = ({ type }: JournalEvent): boolean => type === 'v1.ClaimMade';

const fits = (entries: readonly OrderedEntry[]): boolean =>
  entries.length <= MAX_BATCH_EVENTS && (jsonBytes(entries) ?? Number.POSITIVE_INFINITY) <= MAX_HEAD_TAIL_BYTES;
