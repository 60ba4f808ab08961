/** A device made of bare messages, to say what no engine would say: forged, torn, replayed, out of order. */
import { sha256 } from '@aufruf/engine/platform/sha256';
import { DAY } from '@aufruf/shared/domain/views/test/fixtures';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { PROTOCOL_MINIMUM, PROTOCOL_VERSION } from '@aufruf/shared/protocol/messages';
import { GENESIS_HASH, type Hash, type JournalEvent } from '@aufruf/shared/sync/event';
import { hashEvent } from '@aufruf/shared/sync/hash';
import type { World } from './world.ts';

export interface RawAnswer {
  readonly ok?: boolean;
  readonly error?: { readonly type: string; readonly detail: string };
  readonly [field: string]: unknown;
}

export interface RawDevice {
  /** Sends a request as it is; null when nothing was answered. */
  ask(name: string, body: unknown): Promise<RawAnswer | null>;
  hello(over?: Record<string, unknown>): Promise<RawAnswer | null>;
  push(events: readonly unknown[], over?: Record<string, unknown>): Promise<RawAnswer | null>;
  readonly hints: readonly { readonly name: string; readonly body: unknown }[];
}

export function createRawDevice(
  world: World,
  device: string,
  incarnation = 'b'.repeat(32),
  linkName = device,
): RawDevice {
  const link = world.network.link(linkName);
  const hints: { name: string; body: unknown }[] = [];
  link.start({ onUp: () => {}, onDown: () => {}, onHint: (name, body) => hints.push({ name, body }) });

  async function ask(name: string, body: unknown): Promise<RawAnswer | null> {
    await world.settle();
    let answer: RawAnswer | null = null;
    link.request(name, body, (value) => {
      answer = value as RawAnswer;
    });
    await world.settle();
    return answer;
  }
  return {
    ask,
    hello: (over = {}) =>
      ask('sync:hello', {
        protocol: PROTOCOL_VERSION,
        protocolMinimum: PROTOCOL_MINIMUM,
        device,
        incarnation,
        versionVector: {},
        position: null,
        epoch: 0,
        deviceAt: world.hub().now(),
        ...over,
      }),
    push: (events, over = {}) => ask('sync:push', { events, deviceAt: world.hub().now(), ...over }),
    hints,
  };
}

/** A journal as a device would write it; each call continues it. `over` bends the event before it is chained on. */
export function createForger(device: string, incarnation = 'b'.repeat(32)) {
  let seq = 0;
  let prevHash: Hash = GENESIS_HASH;
  return (type: string, payload: Record<string, unknown>, over: Partial<JournalEvent> = {}): JournalEvent => {
    seq += 1;
    const event: JournalEvent = {
      device: device as DeviceId,
      incarnation: incarnation as Incarnation,
      seq,
      prevHash,
      day: DAY as LocalDate,
      type,
      v: 1,
      payload,
      deviceAt: 1_000,
      monoMs: 0,
      ...over,
    };
    prevHash = hashEvent(event, sha256);
    return event;
  };
}
