/**
 * All connections of a hub: their sessions, and the heads sent to them (rule P1). A head is a hint; it may be lost, and a
 * device that is behind pulls. Connects `hub-core.ts` to transports; decides nothing itself.
 */
import type { StateCheck } from '@aufruf/engine/ledger/day-ledger';
import type { Platform } from '@aufruf/engine/platform/platform';
import type { OrderedEntry } from '@aufruf/engine/store/event-store';
import type { HintSender, HubConnection } from '@aufruf/engine/transport/transport';
import { jsonBytes } from '@aufruf/shared/bridge/json-size';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { EpochMs } from '@aufruf/shared/lib/time';
import { MAX_BATCH_EVENTS, MAX_HEAD_TAIL_BYTES } from '@aufruf/shared/protocol/limits';
import type { Head, WireError } from '@aufruf/shared/protocol/messages';
import type { Position } from '@aufruf/shared/sync/order';
import { type HubView, type Session, stepSession } from './hub-core.ts';
import type { Push, PushAnswer } from './sequencer.ts';

export interface ConnectedDevice {
  readonly device: DeviceId;
  readonly since: EpochMs;
}

export interface Sessions {
  attach(connection: HubConnection): void;
  /**
   * Tells every greeted device where the order stands; `entries` are the newest ones, if they fit. Those whose pushes have
   * been answered since the last time hear it first, since somebody stands there and waits; then displays.
   */
  sendHeads(position: Position, check: StateCheck | null, entries: readonly OrderedEntry[]): void;
  connected(): readonly ConnectedDevice[];
  /** Ends all connections. */
  close(): void;
}

export interface SessionsOptions {
  readonly platform: Platform;
  readonly view: () => Omit<HubView, 'lastHeardAt'>;
  readonly onPush: (push: Push, onAnswer: (answer: PushAnswer) => void) => void;
  readonly onHigherEpoch: (epoch: number) => void;
  /** When each device was last heard before this start, as far as the log tells. */
  readonly heardBefore: ReadonlyMap<DeviceId, EpochMs>;
}

export function createSessions({ platform, view, onPush, onHigherEpoch, heardBefore }: SessionsOptions): Sessions {
  const sessions = new Map<HubConnection, Session>();
  const lastHeardAt = new Map(heardBefore);
  /** Connections whose pushes have been answered since the last heads. */
  const answered = new Set<HubConnection>();

  function onRequest(connection: HubConnection, name: string, body: unknown, answer: (body: unknown) => void): void {
    const before = sessions.get(connection);
    if (before === undefined) return;
    const now = platform.now();
    const hub: HubView = { ...view(), lastHeardAt: (device) => lastHeardAt.get(device) ?? 0 };
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
          onPush(output.push, (body) => {
            logRefusal(connection, session, name, body);
            answer(body);
            if (sessions.has(connection)) answered.add(connection);
          });
          break;
        case 'greeted':
          replaceOlder(connection, session);
          break;
        case 'higherEpoch':
          onHigherEpoch(output.epoch);
          break;
      }
    }
  }

  /** A device that comes back finds its old connection not yet timed out. Two that go on at once are clones (J3). */
  function replaceOlder(connection: HubConnection, session: Session): void {
    if (session.phase !== 'greeted') return;
    for (const [other, its] of sessions) {
      if (other === connection || its.phase !== 'greeted' || its.device !== session.device) continue;
      if (its.incarnation === session.incarnation) sessions.set(other, { phase: 'replaced' });
      else platform.log.warn('two devices connect under one name', { device: session.device });
    }
  }

  function logRefusal(connection: HubConnection, session: Session, name: string, body: unknown): void {
    const { ok, error } = body as { ok: boolean; error?: WireError };
    if (ok) return;
    const device = session.phase === 'greeted' ? session.device : null;
    platform.log.warn('a message was refused', { connection: connection.id, device, name, error: error?.type });
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
      const { epoch } = view();
      const head: Head = { epoch, position, hubAt: platform.now(), tail: fits(entries) ? [...entries] : [], check };
      const waiting: HubConnection[] = [];
      const displays: HubConnection[] = [];
      const others: HubConnection[] = [];
      for (const [connection, session] of sessions) {
        if (session.phase !== 'greeted') continue;
        if (answered.has(connection)) waiting.push(connection);
        else (session.role === 'display' ? displays : others).push(connection);
      }
      answered.clear();
      tell(waiting, head);
      tell([...displays, ...others], head);
    },
    connected: () =>
      [...sessions.values()].flatMap((session) =>
        session.phase === 'greeted' ? [{ device: session.device, since: session.contact.helloAt }] : [],
      ),
    close() {
      for (const connection of sessions.keys()) connection.close();
      sessions.clear();
      answered.clear();
    },
  };
}

/** Packed once for all connections of a server. */
function tell(connections: readonly HubConnection[], head: Head): void {
  const bySender = new Map<HintSender, string[]>();
  for (const connection of connections) {
    const { id, sender } = connection;
    if (sender === undefined) connection.sendHint('sync:head', head);
    else bySender.set(sender, [...(bySender.get(sender) ?? []), id]);
  }
  for (const [sender, ids] of bySender) sender.send(ids, 'sync:head', head);
}

const fits = (entries: readonly OrderedEntry[]): boolean =>
  entries.length <= MAX_BATCH_EVENTS && (jsonBytes(entries) ?? Number.POSITIVE_INFINITY) <= MAX_HEAD_TAIL_BYTES;
