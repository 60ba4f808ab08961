/**
 * What a kiosk, counter or display runs: its store, its share of the log, its conversation with the hub, and the host
 * behind its bridge. Facts are decided here and journaled; claims are journaled and wait for the hub (rules O5, O6).
 * While nobody is reachable, claims are decided here too (M3): same `decide`, same `evolve`, another lane of numbers.
 *
 * Invariants: nothing is answered before it is committed (J4, rule 7); a claim's answer is what the ordered log says of
 * it, so a repeated command is answered and never done twice; a claim nobody decides in time is withdrawn, by an event,
 * and decided anew here if the hub is silent.
 */
import type { CommandHost } from '@aufruf/shared/bridge/host';
import { type Command, commandSchemas } from '@aufruf/shared/domain/commands';
import type { CommandOutcome } from '@aufruf/shared/domain/day/day-state';
import { decide } from '@aufruf/shared/domain/decide';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import type { CommandId, KioskId } from '@aufruf/shared/lib/ids';
import { toLocalDate } from '@aufruf/shared/lib/local-time';
import { refuse } from '@aufruf/shared/lib/result';
import { type EpochMs, type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import { canonicalJson } from '@aufruf/shared/sync/canonical-json';
import type { JournalEvent } from '@aufruf/shared/sync/event';
import { createDayLedger, type DayLedger, type StateCheck } from '../ledger/day-ledger.ts';
import type { Platform } from '../platform/platform.ts';
import { type EventDraft, type EventStore, StorageFault } from '../store/event-store.ts';
import type { HubLink } from '../transport/transport.ts';
import { anewId, decideAlone, isDisplay, lastOrderedAt, rememberedConfig, soundTime } from './alone.ts';
import { type CommandAnswer, outcomeToAnswer } from './command-answer.ts';
import type { DeviceInput, DeviceOutput } from './device-session-state.ts';
import { createIsland, type Island } from './island.ts';
import { createLaneUse } from './lane-use.ts';
import { createPeer, isWelcome, type Peer, service, startPeer } from './peer.ts';
import { createPendingClaims } from './pending-claims.ts';
import type { OpenRelayService, RelayService } from './relay-service.ts';

/** A claim undecided for so long is withdrawn and refused as `unreachable`. Shorter than a bridge's CALL_TIMEOUT_MS. */
export const CLAIM_PATIENCE_MS = 6 * SECOND_MS;
/** The session looks at its time-outs so often: silence shows within SILENCE_MS and one tick. */
const TICK_MS = SECOND_MS / 2;

/** The day of a device that has never met its hub: no day at all, and nothing can happen on it. */
const NO_DAY = '1970-01-01' as LocalDate;

export interface DeviceEngine extends CommandHost {
  /** Hash of the ordered state, to compare with the hub's (X5). */
  stateHash(): string;
  /** Rows of the day's order held. */
  rows(): number;
  /**
   * After a kiosk's start (N3): voids this kiosk's tickets that were neither printed nor shown, since nobody holds them.
   * Repetition does nothing. Returns how many.
   */
  voidUnhandedTickets(kioskId: KioskId): number;
  /** Ends the connection and all timers; waiting claims are refused as `unreachable`. The store stays open. */
  close(): void;
}

export interface DeviceEngineOptions {
  /** Opened by the caller with the device's id. */
  readonly store: EventStore;
  readonly link: HubLink;
  readonly platform: Platform;
  /** A link to a relay's address; without it, this device knows no relays. */
  readonly openRelayLink?: (address: string) => HubLink;
  /** Serves as a relay when the configuration names this device as one; without it, it never does. */
  readonly openRelayService?: OpenRelayService;
}

/** @throws StorageFault when the store refuses */
export function createDeviceEngine(options: DeviceEngineOptions): DeviceEngine {
  const { store, link, platform, openRelayLink, openRelayService } = options;
  const { sha256, log } = platform;
  const claims = createPendingClaims(platform);
  const listeners = new Set<() => void>();
  const hub = openPeer(link, false);
  const island = openIsland();
  /** When the hub was heard last before this start. */
  const heardBeforeAt = lastOrderedAt(store);
  let config = rememberedConfig(store);
  let ledger = openLedger(hub.state.day ?? NO_DAY);
  let laneUse = createLaneUse(store, ledger.day);
  /** The hub's hash of a row this device has not reached yet. */
  let awaitedCheck: StateCheck | null = null;
  let mode: SyncStatus['mode'] = 'CONNECTING';
  let modeSince = platform.now();
  let cancelTick = (): void => {};
  let isClosed = false;
  /** Claims whose callers have been told `unreachable` and whose withdrawal is not on disk yet. */
  const givenUp = new Set<CommandId>();
  /** Claims made to a relay. */
  const toRelay = new Set<CommandId>();

  function openPeer(to: HubLink, toRelay: boolean): Peer {
    const handsOn = (): boolean => {
      const known = ledger.state().info.config;
      return known !== null && !isDisplay(store.device, known);
    };
    return createPeer({ store, sha256, link: to, monoMs: platform.monoMs(), toRelay, handsOn });
  }

  function openIsland(): Island {
    return createIsland({
      device: store.device,
      log,
      monoMs: platform.monoMs,
      config: () => ledger.state().info.config,
      isWanted: () => ledger.day !== NO_DAY && service(hub, platform.monoMs()) === 'silent',
      isToday: () => {
        const known = ledger.state().info.config;
        const now = loneTime();
        return known !== null && now !== null && toLocalDate(now, known.timeZone) === ledger.day;
      },
      openLink: openRelayLink,
      openPeer: (to) => openPeer(to, true),
      feed,
      serve: (known) => (openRelayService === undefined ? null : serve(openRelayService, known)),
      onStopped: () => {
        laneUse = createLaneUse(store, ledger.day);
      },
    });
  }

  function serve(open: OpenRelayService, known: LocationConfig): RelayService {
    log.warn('the hub is silent: serving as a relay', { day: ledger.day });
    return open({
      store,
      platform: { ...platform, now: hubNow },
      config: known,
      onOrdered: (entries) => {
        ledger.fold(entries);
        claims.settleKnown((id) => ledger.ordered().commands.get(id));
        tell();
      },
      onHigherEpoch: island.leave,
    });
  }

  /** A relay's clock is the hub's, as it knows it. */
  function lastClock() {
    return hub.state.hubClock ?? island.clock();
  }

  function hubNow(): EpochMs {
    const hubClock = lastClock();
    return hubClock === null ? platform.now() : hubClock.hubAt + (platform.monoMs() - hubClock.monoMs);
  }

  function openLedger(day: LocalDate): DayLedger {
    // The device's clock corrected by what is known of the hub's, and never later than now (T1).
    const estimateAt = ({ deviceAt }: JournalEvent) => Math.min(hubNow(), deviceAt + hubNow() - platform.now());
    return createDayLedger({ store, sha256, day, estimateAt, config });
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  /** Feeds the session and carries out what it wants. A store that refuses ends the connection, not the engine. */
  function feed(input: DeviceInput, peer: Peer = hub): void {
    if (isClosed || (peer !== hub && peer !== island.peer())) return;
    if (peer === hub && isWelcome(input)) island.leave();
    const now = { wallAt: platform.now(), monoMs: platform.monoMs() };
    try {
      const { state: next, outputs } = peer.session.step(peer.state, input, now);
      peer.state = next;
      for (const output of outputs) carryOut(output, peer);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      log.error('the store refuses', { error });
      // Part of the step may be committed and not folded.
      ledger.rebuild();
      peer.link.reset();
    }
    noteMode();
  }

  function feedAll(input: DeviceInput): void {
    feed(input);
    const relay = island.peer();
    if (relay !== null) feed(input, relay);
  }

  function carryOut(output: DeviceOutput, peer: Peer) {
    switch (output.type) {
      case 'request': {
        const { name, id } = output;
        peer.link.request(name, output.body, (body) => feed({ type: 'answer', name, id, body }, peer));
        return;
      }
      case 'reset':
        log.info('hanging up', { reason: output.reason });
        return peer.link.reset();
      case 'ordered':
        if (output.day !== ledger.day) return;
        ledger.fold(output.entries);
        compare();
        claims.settleKnown((id) => ledger.ordered().commands.get(id));
        // With more to fetch, screens stay as they are: half-way they would show, and announce, calls long answered (X6).
        return peer.state.mustPull ? undefined : tell();
      case 'dropped':
        log.warn('the order was another than the hub has, fetching it again', { day: output.day });
        if (output.day === ledger.day) ledger.rebuild();
        return;
      case 'dayEntered':
        enterDay(output.day);
        return;
      case 'check':
        if (output.day === ledger.day) awaitedCheck = output.check;
        return compare();
      case 'alarm':
        return log.error('sync alarm', { alarm: output.alarm, detail: output.detail });
    }
  }

  function enterDay(day: LocalDate): void {
    ledger = openLedger(day);
    laneUse = createLaneUse(store, day);
    awaitedCheck = null;
    // What was not decided on its day never will be.
    claims.settleAll(refuse({ type: 'dayClosed' }));
  }

  /** O7: same rows, same state, or somebody's software is wrong. */
  function compare(): void {
    const own = awaitedCheck === null ? null : ledger.checkAt(awaitedCheck.n);
    if (awaitedCheck === null || own === null) return;
    if (own.stateHash !== awaitedCheck.stateHash) log.error('the state differs from the hub\u2019s', { row: own.n });
    awaitedCheck = null;
  }

  function currentMode(): SyncStatus['mode'] {
    switch (service(hub, platform.monoMs())) {
      case 'current':
        return 'ORDERED';
      case 'catchingUp':
        return 'CONNECTING';
      case 'silent':
        return island.isServed() ? 'RELAY' : 'ALONE';
    }
  }

  function noteMode(): void {
    const next = currentMode();
    if (next === mode) return;
    mode = next;
    modeSince = hubNow();
    log.info('mode', { mode });
    tell();
    for (const id of claims.ids()) {
      if (mode === 'ALONE') decideAnew(id);
      else if (mode !== 'RELAY' && toRelay.delete(id)) askHubAnew(id);
    }
  }

  /** D1: the time, if this device can be sure of it without the hub. */
  function loneTime(): EpochMs | null {
    return soundTime(hubNow(), lastClock()?.hubAt ?? heardBeforeAt);
  }

  /** D1: while alone, a new day begins here too. A display writes nothing; it shows the old day and that it is cut off. */
  function followClockAlone(): void {
    const known = ledger.state().info.config;
    const now = loneTime();
    if (mode !== 'ALONE' || now === null || known === null || isDisplay(store.device, known)) return;
    const today = toLocalDate(now, known.timeZone);
    // ISO dates compare as text.
    if (today <= ledger.day) return;
    const clock = { deviceAt: platform.now(), monoMs: platform.monoMs() };
    store.transact(() => {
      store.writeSetting('currentDay', today);
      store.writeSetting('configuration', canonicalJson(known));
      store.append([{ day: today, type: 'v1.DayOpened', payload: { day: today } }], clock);
    });
    config = known;
    log.warn('a business day is opened without the hub', { day: today });
    feed({ type: 'dayOpened', day: today });
  }

  /** Journals own events; they show on top of the ordered ones until the hub has ordered them. */
  function journal(drafts: readonly Omit<EventDraft, 'day'>[]): void {
    const { day } = ledger;
    const clock = { deviceAt: platform.now(), monoMs: platform.monoMs() };
    const stored = store.transact(() =>
      store.append(
        drafts.map((draft) => ({ ...draft, day })),
        clock,
      ),
    );
    const events = stored.map(({ event }) => event);
    laneUse.note(events);
    ledger.addPending(events);
    tell();
    feedAll({ type: 'journaled' });
  }

  function withdraw(ids: readonly CommandId[]): void {
    if (ids.length === 0) return;
    journal(ids.map((commandId) => ({ type: 'v1.ClaimWithdrawn', payload: { commandId } })));
  }

  function giveUp(id: CommandId): void {
    const late = refuse({ type: 'unreachable', detail: `undecided for ${CLAIM_PATIENCE_MS} ms` } as const);
    givenUp.add(id);
    withdrawGivenUp();
    claims.settle(id, late);
  }

  /** A full disk takes no withdrawal: then the caller is answered all the same, and it is tried again until it succeeds. */
  function withdrawGivenUp(): void {
    try {
      withdraw([...givenUp]);
      givenUp.clear();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      log.error('a claim could not be withdrawn', { error });
    }
  }

  function executeClaim(command: Command): Promise<CommandAnswer> {
    // Somebody waits for it again.
    givenUp.delete(command.commandId);
    const answer = claims.wait(command.commandId, CLAIM_PATIENCE_MS, () => giveUp(command.commandId));
    try {
      const to = island.servedBy();
      if (to !== null && mode === 'RELAY') toRelay.add(command.commandId);
      const payload = toRelay.has(command.commandId) ? { command, to } : { command };
      journal([{ type: 'v1.ClaimMade', payload }]);
    } catch (error) {
      claims.settle(command.commandId, storageRefusal(error));
    }
    return answer;
  }

  /** M3: the device is the only one it can ask. Nothing is journaled of a refusal: the command has not happened. */
  function executeAlone(command: Command): CommandAnswer {
    followClockAlone();
    const now = loneTime();
    if (now === null) return refuse({ type: 'clockUnsure' });
    // A configuration for all is not for one to publish.
    if (command.name === 'publishConfiguration') return refuse({ type: 'unreachable', detail: 'there is no hub' });
    const { draft, answer } = decideAlone(command, now, ledger.state(), ledger.ordered(), laneUse);
    if (answer.ok) journal([draft]);
    return answer;
  }

  /** A claim that waits for a hub gone silent: taken back, since the hub may have heard it, and decided here (M3). */
  function decideAnew(id: CommandId): void {
    const outcome = ledger.state().commands.get(id);
    const now = loneTime();
    if (outcome?.status !== 'pending' || now === null || outcome.command.name === 'publishConfiguration') return;
    const anew = { ...outcome.command, commandId: anewId(id, sha256) };
    const { draft, answer } = decideAlone(anew, now, ledger.state(), ledger.ordered(), laneUse);
    try {
      journal([{ type: 'v1.ClaimWithdrawn', payload: { commandId: id } }, draft]);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      // It goes on waiting, until its patience ends.
      log.error('a claim could not be decided here', { error });
      return;
    }
    claims.settle(id, answer);
  }

  /** A claim that waits for a relay when the hub is back: nobody else decides it (M2), so it is taken back and made anew. */
  function askHubAnew(id: CommandId): void {
    const outcome = ledger.state().commands.get(id);
    if (outcome?.status !== 'pending') {
      if (outcome !== undefined) claims.settle(id, outcomeToAnswer(outcome));
      return;
    }
    const anew = { ...outcome.command, commandId: anewId(id, sha256) };
    try {
      withdraw([id]);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      // It goes on waiting, until its patience ends.
      log.error('a claim could not be taken back', { error });
      return;
    }
    void executeClaim(anew).then((answer) => claims.settle(id, answer));
  }

  /** What became of a command, under its own name or one it was decided anew under, however often. */
  function outcomeOf(id: CommandId): CommandOutcome | undefined {
    const { commands } = ledger.state();
    let outcome = commands.get(id);
    for (let name = id; outcome?.status === 'withdrawn'; ) {
      name = anewId(name, sha256);
      const anew = commands.get(name);
      if (anew === undefined) return outcome;
      outcome = anew;
    }
    return outcome;
  }

  function executeFact(command: Command): CommandAnswer {
    const decision = decide(command, ledger.state(), hubNow());
    if (!decision.ok) return decision;
    journal(decision.value.facts);
    return { ok: true, value: decision.value.receipt };
  }

  /**
   * Claims that were journaled before the last stop and not yet sent: nobody waits for their answer any more, and a
   * call granted now would be a call nobody asked for. Claims that are ordered already have their decision on the way.
   */
  function withdrawLeftovers(): void {
    const { commands } = ledger.state();
    const ids = store.unordered(ledger.day).flatMap(({ event }) => {
      if (event.device !== store.device || event.type !== 'v1.ClaimMade') return [];
      const { commandId } = (event.payload as { command: Command }).command;
      return commands.get(commandId)?.status === 'pending' ? [commandId] : [];
    });
    withdraw(ids);
  }

  function tick(): void {
    cancelTick = platform.schedule(TICK_MS, () => {
      tick();
      withdrawGivenUp();
      feedAll({ type: 'tick' });
      try {
        followClockAlone();
        island.follow();
      } catch (error) {
        if (!(error instanceof StorageFault)) throw error;
        log.error('the day or the relay could not be opened', { error });
      }
    });
  }

  withdrawLeftovers();
  tick();
  startPeer(hub, feed);

  return {
    execute: async (command) => {
      if (isClosed || ledger.day === NO_DAY) return refuse({ type: 'unreachable', detail: 'no business day is known' });
      const joined = claims.joined(command.commandId);
      if (joined !== null) return joined;
      const outcome = outcomeOf(command.commandId);
      if (outcome !== undefined && outcome.status !== 'pending') return outcomeToAnswer(outcome);
      try {
        noteMode();
        const serving = island.serving();
        if (serving !== null) return await serving.execute(command);
        if (commandSchemas[command.name].decidedBy === 'device') return executeFact(command);
        return mode === 'ALONE' ? executeAlone(command) : await executeClaim(command);
      } catch (error) {
        return storageRefusal(error);
      }
    },
    state: () => ledger.state(),
    syncStatus: () => ({
      mode,
      since: modeSince,
      eventsWaiting: hub.session.eventsWaiting(hub.state),
      hostAt: hubNow(),
    }),
    now: hubNow,
    onChange: (listener) => {
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    stateHash: () => ledger.stateHash(),
    rows: () => ledger.ordered().info.rows,
    voidUnhandedTickets(kioskId) {
      const unhanded = [...ledger.state().openVisits.values()].filter(
        ({ origin, handedOver, number }) =>
          origin.kind === 'kiosk' && origin.kioskId === kioskId && !handedOver && number !== null,
      );
      let voided = 0;
      for (const { id } of unhanded) {
        const command = {
          name: 'voidTicket',
          commandId: platform.newCommandId(),
          input: { kioskId, visitId: id },
        } as const;
        if (executeFact(command).ok) voided += 1;
      }
      return voided;
    },
    close() {
      if (isClosed) return;
      island.leave();
      isClosed = true;
      cancelTick();
      link.close();
      claims.settleAll(refuse({ type: 'unreachable', detail: 'the device is stopping' }));
      listeners.clear();
    },
  };
}

/** @throws what is no fault of the store: a bug */
function storageRefusal(error: unknown): CommandAnswer {
  if (!(error instanceof StorageFault)) throw error;
  return refuse({ type: 'storageFailed', detail: error.message });
}
