/**
 * What a hub would say, for tests of the device's side: a journal of the hub's own, put in order, and the answers made of
 * it. Says no more than it is asked to; tests bend what it says.
 */
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { Head, OrderedEvent } from '@aufruf/shared/protocol/messages';
import { GENESIS_HASH, type Hash, type JournalEvent } from '@aufruf/shared/sync/event';
import { chainRow, hashEvent } from '@aufruf/shared/sync/hash';
import type { OrderRow, Position } from '@aufruf/shared/sync/order';
import { sha256 } from '../../platform/sha256.ts';

export interface FakeHub {
  readonly entries: readonly OrderedEvent[];
  /** Journals an event of the hub, or takes the device's, and orders it. */
  order(event?: JournalEvent): OrderedEvent;
  position(): Position;
  /** Answer to a hello. */
  welcome(over?: Record<string, unknown>): Record<string, unknown>;
  /** Answer to a pull. */
  pulled(afterN: number, limit?: number): Record<string, unknown>;
  head(over?: Partial<Head>): Head;
}

export const HUB_AT = 1_795_420_800_000;

/** `letter`: makes the incarnation; two hubs of one test need two where their events must not be the same. */
export function createFakeHub(day: LocalDate, epoch = 1, letter = 'c'): FakeHub {
  const device = 'hub' as DeviceId;
  const incarnation = letter.repeat(32) as Incarnation;
  const entries: OrderedEvent[] = [];
  let seq = 0;
  let prevHash: Hash = GENESIS_HASH;

  const write = (): JournalEvent => {
    seq += 1;
    const envelope = { device, incarnation, seq, prevHash, day, v: 1, deviceAt: HUB_AT, monoMs: 0 };
    const event: JournalEvent = { ...envelope, type: 'v9.SomethingNew', payload: { seq } };
    prevHash = hashEvent(event, sha256);
    return event;
  };
  const position = (): Position => {
    const last = entries.at(-1)?.row;
    return { day, epoch: last?.epoch ?? 0, n: last?.n ?? 0, chain: last?.chain ?? GENESIS_HASH };
  };
  return {
    entries,
    order(event = write()) {
      const { n, chain } = position();
      const times = { receivedAt: HUB_AT, effectiveAt: HUB_AT };
      const { device: author, incarnation: its, seq: number } = event;
      const eventHash = hashEvent(event, sha256);
      const row = { day, n: n + 1, epoch, device: author, incarnation: its, seq: number, eventHash, ...times };
      const chained: OrderRow = { ...row, chain: chainRow(chain, row, sha256) };
      entries.push({ row: chained, event });
      return { row: chained, event };
    },
    position,
    welcome: (over = {}) => ({ ok: true, epoch, day, hubAt: HUB_AT, versionVector: {}, positionKnown: true, ...over }),
    pulled: (afterN, limit = 200) => ({
      ok: true,
      entries: entries.slice(afterN, afterN + limit),
      head: position(),
      hubAt: HUB_AT,
    }),
    head: (over = {}) => ({ epoch, position: position(), hubAt: HUB_AT, tail: [], check: null, ...over }),
  };
}
