/**
 * The one place of a location that gives events their order and decides claims (rules O1, O2, O5, O6).
 *
 * Invariants: nothing is answered or announced before it is committed (rule 7, J4); when a commit fails, memory is read
 * back from the store and nothing has happened (S3). A claim is decided once, in the transaction that orders it, against
 * everything ordered before. Only the hub's own parts call this.
 */
import type { StateCheck } from '@aufruf/engine/ledger/day-ledger';
import { forgetOldestDay } from '@aufruf/engine/ledger/old-days';
import type { Platform } from '@aufruf/engine/platform/platform';
import { type EventStore, type OrderedEntry, StorageFault } from '@aufruf/engine/store/event-store';
import { type CommandAnswer, outcomeToAnswer } from '@aufruf/engine/sync/command-answer';
import type { BridgeRefusal } from '@aufruf/shared/bridge/bridge';
import { jsonBytes } from '@aufruf/shared/bridge/json-size';
import { type Command, commandSchemas } from '@aufruf/shared/domain/commands';
import type { DayState } from '@aufruf/shared/domain/day/day-state';
import { decide } from '@aufruf/shared/domain/decide';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { assert } from '@aufruf/shared/lib/assert';
import { ok, refuse } from '@aufruf/shared/lib/result';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import type { WireError } from '@aufruf/shared/protocol/messages';
import { eventKey, HUB_DEVICE, type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import { createAskedClaims, type JournalPlace } from './asked-claims.ts';
import { businessDay, ClockRefused, MAX_DAYS_ASLEEP, MAX_DAYS_CLOSED } from './business-day.ts';
import { claimedCommand, endedClaims, type PushedEvent, readPushed } from './claims-in-push.ts';
import { type Ask, createDecisions, MAX_CLAIM_BYTES, type OnAskAnswer } from './decisions.ts';
import { effectiveAt } from './effective-at.ts';
import { copiedDays, orderHeld } from './order-held.ts';
import { releasedThrough } from './retention.ts';
import { configurationAtStart, openDay, publishIfNew, rememberConfiguration } from './sequencer-day.ts';
import { createSequencerLog, lastEpoch, takeEpoch } from './sequencer-log.ts';
import {
  type CheckedEvent,
  checkPush,
  type News,
  type OnPushAnswer,
  type Push,
  type PushAnswer,
} from './sequencer-push.ts';
import { createCommitQueue, type QueueStats } from './sequencer-queue.ts';

/**
 * How far above all others a hub on a new disk begins: a lost one that is found again, and started a few times unseen,
 * stays below it.
 */
const EPOCHS_APART = 1_000;

export interface Sequencer {
  epoch(): number;
  day(): LocalDate;
  state(): DayState;
  stateHash(): string;
  latestCheck(): StateCheck | null;
  /** Carries out a command of the hub's own callers. Never rejects. A repeated command id is answered, not repeated. */
  execute(command: Command): Promise<CommandAnswer>;
  /**
   * Takes over a device's events, all or none; `onAnswer` is called once, after the commit. `news`: what devices have not
   * been told of by then; null when there is nothing.
   */
  push(push: Push, onAnswer: OnPushAnswer): void;
  /** Decides a claim whose author is still writing it to its disk, unless it is too early; `onAnswer` as above. */
  ask(ask: Ask, onAnswer: OnAskAnswer): void;
  /** A device has come back, and its journal ends there: what it asked beyond that nobody waits for. */
  meetEnd(end: JournalPlace): void;
  /** Whoever waited decides what has gathered. */
  settleHeld(): void;
  /**
   * This hub's disk is new, and another one was before it today: it goes on under an epoch far above `told`, the highest
   * heard of, and leaves numbers free (N2). @throws StorageFault: then nothing has happened
   */
  succeed(told: number): void;
  /** Takes up what another hub has ordered, as it has been copied into the store (M5). @throws StorageFault */
  follow(): void;
  /** Closes and opens the business day when the clock says so. Called every few seconds; does nothing otherwise. */
  followClock(): void;
  /** Deletes one day whose retention is over, if there is one (D2). @throws StorageFault: then nothing has happened */
  forgetOldDay(): void;
  stats(): QueueStats;
  /** Commits what is waiting and stops. */
  close(): void;
}

export interface SequencerOptions {
  readonly store: EventStore;
  readonly platform: Platform;
  readonly config: LocationConfig;
  /** Somebody has checked the clock: whatever day it shows is opened. */
  readonly acceptClock: boolean;
  /**
   * This is a relay's (M2), under the last epoch known of the hub: its order is provisional, its numbers come from its own lane,
   * and days are not its to open.
   */
  readonly relay?: { readonly epoch: number };
  /** Another hub orders (M5): nothing is written, no epoch is taken; what the store holds is shown. */
  readonly isPassive?: boolean;
  /** Whether devices have had time to say what they hold; until then claims are ordered and not decided. Absent = always. */
  readonly isDeciding?: () => boolean;
  /** After each commit that wrote rows: the current day's new entries, in order. */
  readonly onCommitted: (entries: readonly OrderedEntry[]) => void;
}

/**
 * @throws ClockRefused when the clock cannot be believed
 * @throws StorageFault when the store refuses
 */
export function createSequencer(options: SequencerOptions): Sequencer {
  const {
    store,
    platform,
    config,
    acceptClock,
    onCommitted,
    relay = null,
    isDeciding = () => true,
    isPassive = false,
  } = options;
  const log = createSequencerLog(store, platform, relay?.epoch ?? (isPassive ? lastEpoch(store) : takeEpoch(store)));
  const asked = createAskedClaims(store, log, () => ledger().day);
  const isRelay = relay !== null;
  const decisions = createDecisions({ store, log, ledger: () => ledger(), isRelay, asked, isDeciding });
  const queue = createCommitQueue({
    store,
    platform,
    onUndone: () => {
      log.reload();
      decisions.forget();
      asked.forget();
    },
    onFlushed: () => {
      const written = log.takeWritten();
      if (written.length > 0) onCommitted(written);
    },
  });
  let refusedClockDay: LocalDate | null = null;

  const ledger = () => {
    const open = log.ledger();
    assert(open !== null, 'a started hub has an open day');
    return open;
  };
  const state = () => ledger().ordered();

  function news(): News | null {
    const entries = log.written();
    return entries.length === 0 ? null : { position: store.head(ledger().day), check: ledger().latestCheck(), entries };
  }

  function carryOut(command: Command, now: EpochMs): CommandAnswer {
    const known = log.outcomeOf(command.commandId);
    if (known !== undefined && known.status !== 'pending') return outcomeToAnswer(known);
    if (commandSchemas[command.name].decidedBy === 'device') {
      const decision = decide(command, state(), now);
      if (!decision.ok) return decision;
      log.write(decision.value.facts, now);
      return { ok: true, value: decision.value.receipt };
    }
    // A relay's own claim is never on record undecided, so that no hub can decide it again.
    if (relay === null) log.write([{ type: 'v1.ClaimMade', payload: { command } }], now);
    else if (command.name === 'publishConfiguration') return refuse({ type: 'unreachable', detail: 'there is no hub' });
    if (relay === null) decisions.settle(command, now);
    else decisions.decide(command, now);
    const outcome = state().commands.get(command.commandId);
    // A day that is not open takes no claims; its log keeps them as rejected.
    return outcome === undefined ? refuse({ type: 'dayClosed' }) : outcomeToAnswer(outcome);
  }

  function takeOver(push: Push, now: EpochMs): PushAnswer {
    // A successor takes what is left of journals whose beginnings nobody holds any more.
    const mayBeginLate = relay !== null || store.readSetting('succeedsOn') !== null;
    const checked = checkPush(push.events, store, platform.sha256, mayBeginLate);
    if (!checked.ok) return refused(checked.refusal);
    if (mayBeginLate) noteBeginnings(push);
    // A claim that its author has given up in the same breath would only be granted to be given back; one that was
    // decided elsewhere is on its way with its decision.
    const ended = endedClaims(push.events);
    const configBefore = state().info.config;
    for (const one of checked.value) {
      for (const command of takeEvent(one, push, now))
        if (!ended.has(command.commandId)) decisions.settle(command, now);
    }
    // What an earlier hub has published comes back this way.
    if (relay === null && state().info.config !== configBefore) rememberConfiguration(log, store);
    const journals = new Set(push.events.map(({ event }) => journalKey(event)));
    const through = Object.fromEntries([...journals].map((journal) => [journal, store.journalHead(journal).seq]));
    return { ok: true, through };
  }

  /** Stores and orders an event; answers the claims that are to be decided here. */
  function takeEvent(checked: CheckedEvent, push: Push, now: EpochMs): readonly Command[] {
    if (store.importSealed(checked.sealed).type !== 'stored') return [];
    const joined = joinedBehind(checked.event).map(readPushed);
    return [checked, ...joined].flatMap((taken) => {
      asked.meet(taken, now);
      return placeEvent(taken, push) ?? [];
    });
  }

  /** What was saved from a damaged file and waited for this one is held now, too (S2); no push will bring it again. */
  function joinedBehind(event: JournalEvent): readonly JournalEvent[] {
    if (event.device !== store.device) return [];
    const journal = journalKey(event);
    const count = (store.versionVector()[journal] ?? event.seq) - event.seq;
    return count === 0 ? [] : store.journalAfter(journal, event.seq, count).map((stored) => stored.event);
  }

  /** Orders an event that is held; answers the claim in it that is to be decided here. */
  function placeEvent(taken: PushedEvent, push: Push): Command | null {
    const { event } = taken;
    const { day } = ledger();
    // Of a day to come: kept, and ordered when that day opens. Days gone by are the hub's to order.
    if (event.day > day || (relay !== null && event.day < day)) return null;
    // Of a day that has been deleted: too late even for its figures, and deleted after it (D2).
    if (event.day < day && event.day <= (releasedThrough(store) ?? '')) return null;
    orderPushed(event, push);
    // Claims made to a relay are its to decide: what it has decided may be on its way here.
    return event.day === day ? claimedCommand(taken, relay === null ? undefined : store.device) : null;
  }

  function noteBeginnings({ events }: Push): void {
    const held = { ...store.versionVector() };
    for (const { event } of events) {
      const journal = journalKey(event);
      const isFirst = held[journal] === undefined;
      held[journal] = event.seq;
      if (isFirst && event.seq > 1) store.noteForgotten(journal, { seq: event.seq - 1, hash: event.prevHash });
    }
  }

  function orderPushed(event: JournalEvent, { sentAt, receivedAt, contact }: Push): void {
    const stored = store.event(eventKey(event));
    assert(stored !== null, 'an imported event is held');
    const times = { journal: journalKey(event), seq: event.seq, deviceAt: event.deviceAt, sentAt };
    // A hub's clock is the one that all others are measured against.
    const isOfHub = event.device === HUB_DEVICE;
    const countsFrom = isOfHub ? Math.min(event.deviceAt, receivedAt) : effectiveAt(times, contact, receivedAt);
    log.order(stored, receivedAt, countsFrom);
  }

  function verdict(maxDaysApart: number) {
    const lastOpened = log.ledger()?.day ?? null;
    const { timeZone } = log.ledger()?.ordered().info.config ?? config;
    return { lastOpened, ...businessDay(platform.now(), timeZone, lastOpened, maxDaysApart) };
  }

  function start(): void {
    if (isPassive) return;
    if (relay !== null) {
      orderHeld(store, log, [ledger().day], platform.now());
      log.takeWritten();
      return;
    }
    const inForce = configurationAtStart(store, config);
    if (inForce !== config)
      platform.log.warn('a newer configuration than the file has been published; it stays in force');
    const found = verdict(MAX_DAYS_CLOSED);
    const isRefused = found.type === 'clockBehind' || found.type === 'clockAhead';
    if (isRefused && !acceptClock) throw new ClockRefused(found.type, found.day, found.lastOpened);
    orderHeld(store, log, copiedDays(store, log.ledger()?.day), platform.now());
    store.transact(() => {
      if (found.type === 'same') publishIfNew(log, store, inForce, platform.now());
      else openDay(log, store, found.day, inForce, platform.now());
    });
    log.takeWritten();
  }

  start();
  return {
    epoch: log.epoch,
    day: () => ledger().day,
    state,
    stateHash: () => ledger().stateHash(),
    latestCheck: () => ledger().latestCheck(),

    execute: (command) =>
      new Promise((resolve) => {
        if ((jsonBytes(command) ?? Number.POSITIVE_INFINITY) > MAX_CLAIM_BYTES)
          return resolve(refuse({ type: 'tooLarge' }));
        queue.submit({
          run: (now) => {
            const answer = carryOut(command, now);
            return () => resolve(answer);
          },
          fail: (error) => resolve(refuse(failure(error))),
        });
      }),
    push(push, onAnswer) {
      queue.submit({
        run: (now) => {
          const answer = takeOver(push, now);
          return () => onAnswer(answer, news());
        },
        fail: (error) => onAnswer(refused({ type: 'storageFailed', detail: describe(error) }), null),
      });
    },
    succeed(told) {
      // By the clock: it comes after all that took the place before, also if nobody tells of them.
      const higher = Math.max(Math.max(told, log.epoch()) + EPOCHS_APART, platform.now());
      store.transact(() => {
        store.writeSetting('epoch', String(higher));
        store.writeSetting('succeedsOn', ledger().day);
        store.writeSetting('succeedsAfter', String(store.versionVector()[journalKey(store)] ?? 0));
      });
      log.raiseEpoch(higher);
      decisions.forget();
      platform.log.warn('another hub was here before: refilled from its devices', { epoch: higher });
    },
    follow() {
      log.reload();
      if (state().info.config !== null) store.transact(() => rememberConfiguration(log, store));
    },
    ask(ask, onAnswer) {
      queue.submit({
        run: (now) => {
          const isDecided = decisions.settleEarly(ask, now);
          return () => onAnswer(ok(isDecided ? news() : null));
        },
        fail: (error) => onAnswer(refuse({ type: 'storageFailed', detail: describe(error) })),
      });
    },
    meetEnd(end) {
      if (!asked.awaits(end.device)) return;
      queue.submit({
        run: (now) => {
          asked.meetEnd(end, now);
          return () => {};
        },
        // Met again by the next hello, or by what the device does next.
        fail: () => {},
      });
    },
    settleHeld() {
      queue.submit({
        run: (now) => {
          decisions.settleGathered(now);
          return () => {};
        },
        fail: () => {},
      });
    },
    followClock() {
      const found = verdict(MAX_DAYS_ASLEEP);
      if (found.type === 'next') {
        queue.submit({
          run: (now) => {
            const inForce = state().info.config ?? config;
            if (ledger().day < found.day) openDay(log, store, found.day, inForce, now);
            return () => platform.log.info('a business day has begun', { day: found.day });
          },
          // Tried again at the next look at the clock.
          fail: () => {},
        });
      } else if (found.type !== 'same' && refusedClockDay !== found.day) {
        refusedClockDay = found.day;
        platform.log.error('the clock cannot be right, the open day stays', { clock: found.day, open: ledger().day });
      }
    },
    forgetOldDay() {
      const through = releasedThrough(store);
      const day = through === null ? null : forgetOldestDay(store, through, ledger().day);
      if (day !== null) platform.log.info('the retention of a day is over: its events are deleted', { day });
    },
    stats: queue.stats,
    close() {
      queue.close();
      log.close();
    },
  };
}

const refused = (error: WireError): PushAnswer => ({ ok: false, error });

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

/** A fault of the disk and a bug of ours: either way nothing happened, and the same command may be sent again. */
const failure = (error: unknown): BridgeRefusal =>
  error instanceof StorageFault
    ? { type: 'storageFailed', detail: describe(error) }
    : { type: 'unreachable', detail: 'the hub failed' };
