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
import type { Command } from '@aufruf/shared/domain/commands';
import { commandSchemas } from '@aufruf/shared/domain/commands';
import { decide } from '@aufruf/shared/domain/decide';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import type { DeviceId, KioskId } from '@aufruf/shared/lib/ids';
import { toLocalDate } from '@aufruf/shared/lib/local-time';
import { refuse } from '@aufruf/shared/lib/result';
import { type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import type { Discovery } from '@aufruf/shared/protocol/discovery';
import { otherPlaces } from '@aufruf/shared/takeover/hub-place';
import { OTHERS_PATIENCE_MS } from '../ledger/day-ledger.ts';
import type { Platform } from '../platform/platform.ts';
import { type EventStore, StorageFault } from '../store/event-store.ts';
import type { HubLink } from '../transport/transport.ts';
import { isDisplay, lastOrderedAt } from './alone.ts';
import type { CommandAnswer } from './command-answer.ts';
import { createDayUpkeep } from './day-upkeep.ts';
import { createDeviceClaims, storageRefusal } from './device-claims.ts';
import { createDeviceClock } from './device-clock.ts';
import { createDeviceDay, type Draft, NO_DAY } from './device-day.ts';
import type { AlarmType, DeviceInput, DeviceOutput } from './device-session-state.ts';
import { createEarlyAsks, takeNoted } from './early-asks.ts';
import { createIsland, type Island } from './island.ts';
import { createMovingLink, type MovingLink } from './moving-link.ts';
import { createPeer, isHeard, isWelcome, type Peer, service, startPeer } from './peer.ts';
import type { OpenRelayService, RelayService } from './relay-service.ts';
import { createStateComparison } from './state-comparison.ts';
import { createUnhandedTickets } from './unhanded-tickets.ts';
import { createWhereabouts } from './whereabouts.ts';

/** The session looks at its time-outs so often: silence shows within SILENCE_MS and one tick. */
const TICK_MS = SECOND_MS / 2;

const DISK_REFUSED = { type: 'storageFailed', detail: 'this disk was set back or copied' } as const;

export interface DeviceEngine extends CommandHost {
  /** Hash of the ordered state, to compare with the hub's (X5). */
  stateHash(): string;
  /** Rows of the day's order held. */
  rows(): number;
  /**
   * After a kiosk's start (N3): voids this kiosk's tickets that were neither printed nor shown, since nobody holds them; what
   * is not decided yet, or a full disk does not take, later. Repetition does nothing. Returns how many at once.
   */
  voidUnhandedTickets(kioskId: KioskId): number;
  /** The relay that stands in for the hub, be it this device; null while none does. */
  servedBy(): DeviceId | null;
  /** M5: while it stands aside it serves nobody as a relay, and leaves its address to the hub that this machine hosts. */
  standAside(isAside: boolean): void;
  /** Ends the connection and all timers; waiting claims are refused as `unreachable`. The store stays open. */
  close(): void;
}

export interface DeviceEngineOptions {
  /** Opened by the caller with the device's id. */
  readonly store: EventStore;
  readonly link: HubLink;
  readonly platform: Platform;
  /** Where `link` leads; with it, and `openRelayLink`, the device follows a hub that moves (M5). */
  readonly hubAddress?: string;
  /** A link to a relay's address, or to a hub that has moved; without it, this device knows neither. */
  readonly openRelayLink?: (address: string) => HubLink;
  /** Serves as a relay when the configuration names this device as one; without it, it never does. */
  readonly openRelayService?: OpenRelayService;
  /** Finds a hub or relay that has got another address; without it, only addresses that were named are known. */
  readonly discovery?: Pick<Discovery, 'browse'>;
}

/** @throws StorageFault when the store refuses */
export function createDeviceEngine(options: DeviceEngineOptions): DeviceEngine {
  const { store, platform, openRelayLink, openRelayService } = options;
  const { sha256, log } = platform;
  const listeners = new Set<() => void>();
  takeNoted(store, sha256);
  const whereabouts = createWhereabouts({ store, discovery: options.discovery, config: () => day.config() });
  const link = openHubLink();
  const hub = openPeer('hub', link);
  const island = openIsland();
  const eventsWaiting = (): number => hub.session.eventsWaiting(hub.state);
  const clock = createDeviceClock(platform, () => hub.state.hubClock ?? island.clock(), lastOrderedAt(store));
  const day = createDeviceDay({ store, platform, day: hub.state.day ?? NO_DAY, estimateAt: clock.estimateAt });
  const asks = createEarlyAsks({
    hub,
    store,
    platform,
    onDecided: (id, answer) => claims.settle(id, answer),
    onHead: (body) => feed({ type: 'hint', name: 'sync:head', body }),
    onUndecided: () => feed({ type: 'journaled' }),
  });
  const upkeep = createDayUpkeep({
    store,
    platform,
    day,
    clock,
    mode: () => mode,
    eventsWaiting,
    journal,
    onOpened: (date) => feed({ type: 'dayOpened', day: date }),
  });
  const claims = createDeviceClaims({ store, platform, day, journal, ask: (command) => asks.ask(command, day.date()) });
  const unhanded = createUnhandedTickets({ platform, day, execute: executeFact });
  const comparison = createStateComparison(day.ledger, log);
  let mode: SyncStatus['mode'] = 'CONNECTING';
  let modeSince = platform.now();
  let modeSinceMonoMs = platform.monoMs();
  let cancelTick = (): void => {};
  let isClosed = false;
  /** J3: a copy, or set back. Nothing is acknowledged any more, and no number given: nobody would ever take it. */
  let isDiskRefused = false;

  function openPeer(to: 'hub' | 'relay', link: HubLink): Peer {
    const handsOn = (): boolean => {
      const config = day.config();
      return config !== null && !isDisplay(store.device, config);
    };
    return createPeer({ store, sha256, link, to, monoMs: platform.monoMs(), handsOn });
  }

  function openHubLink(): HubLink & Partial<Pick<MovingLink, 'follow' | 'noteAlarm'>> {
    const { link: homeLink, hubAddress: home } = options;
    if (home === undefined || openRelayLink === undefined) return homeLink;
    const named = () => day.config()?.sync?.hub ?? null;
    const others = () => otherPlaces(day.config());
    return createMovingLink({ home, homeLink, named, others, whereabouts, open: openRelayLink });
  }

  function openIsland(): Island {
    return createIsland({
      device: store.device,
      log,
      monoMs: platform.monoMs,
      config: () => day.config(),
      hinted: whereabouts.relays,
      isWanted: () => day.date() !== NO_DAY && service(hub, platform.monoMs()) === 'silent',
      isToday: () => {
        const config = day.config();
        const now = clock.loneTime();
        return config !== null && now !== null && toLocalDate(now, config.timeZone) === day.date();
      },
      openLink: openRelayLink,
      openPeer: (to) => openPeer('relay', to),
      feed,
      serve: (config) => (openRelayService === undefined ? null : serve(openRelayService, config)),
      onStopped: () => day.rereadLanes(),
    });
  }

  function serve(open: OpenRelayService, config: LocationConfig): RelayService {
    log.warn('the hub is silent: serving as a relay', { day: day.date() });
    return open({
      store,
      // A relay's clock is the hub's, as it knows it.
      platform: { ...platform, now: clock.now },
      config,
      onOrdered: (entries) => {
        day.ledger().fold(entries);
        claims.settleOrdered(day.ledger().ordered());
        tell();
      },
      onHigherEpoch: island.leave,
      onUnreachable: island.giveUp,
    });
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  /** Feeds the session and carries out what it wants. A store that refuses ends the connection, not the engine. */
  function feed(input: DeviceInput, peer: Peer = hub): void {
    asks.takeAnswered();
    if (isClosed || (peer !== hub && peer !== island.peer())) return;
    if (peer === hub && isWelcome(input)) island.leave();
    // The hub speaks again on a connection that never broke, and a relay has been followed meanwhile, or tried: a new
    // hello sorts out whose order this is, and ends the island.
    else if (peer === hub && isHeard(input) && island.isBegun() && service(hub, platform.monoMs()) === 'silent') {
      link.reset();
      return;
    }
    const now = { wallAt: platform.now(), monoMs: platform.monoMs() };
    try {
      const { state: next, outputs } = peer.session.step(peer.state, input, now);
      peer.state = next;
      for (const output of outputs) carryOut(output, peer);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      log.error('the store refuses', { error });
      // Part of the step may be committed and not folded.
      day.ledger().follow();
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
      case 'work':
        return feed({ type: 'work' }, peer);
      case 'ordered':
        if (output.day !== day.date()) return;
        day.ledger().fold(output.entries, output.through);
        comparison.compare();
        claims.settleOrdered(day.ledger().ordered());
        // With more to fetch, screens stay as they are: half-way they would show, and announce, calls long answered (X6).
        return peer.state.mustPull ? undefined : tell();
      case 'dropped':
        log.warn('the order was another than the hub has, fetching it again', { day: output.day });
        if (output.day === day.date()) day.ledger().rebuild();
        return;
      case 'dayEntered':
        return enterDay(output.day);
      case 'check':
        if (output.day === day.date()) comparison.await(output.check);
        return;
      case 'alarm':
        return onAlarm(output.alarm, output.detail, peer);
      case 'diskRefused':
        if (peer !== hub) return;
        isDiskRefused = true;
        // What waits would be decided here as soon as the hub falls silent.
        return claims.settleAll(refuse(DISK_REFUSED));
    }
  }

  function onAlarm(alarm: AlarmType, detail: string, peer: Peer) {
    // The hub is at that relay's address now, and knows this device by its other connection (M5).
    if (peer !== hub && alarm === 'duplicateIncarnation') return island.leave();
    if (peer === hub) link.noteAlarm?.(alarm);
    // No alarm where the hub is looked for.
    if (alarm === 'notHub') log.info('no hub here', { detail });
    else log.error('sync alarm', { alarm, detail });
  }

  function enterDay(date: LocalDate): void {
    day.enter(date);
    comparison.forget();
    // What was not decided on its day never will be.
    claims.settleAll(refuse({ type: 'dayClosed' }));
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
    modeSince = clock.now();
    modeSinceMonoMs = platform.monoMs();
    log.info('mode', { mode });
    tell();
    const now = mode === 'ALONE' ? clock.loneTime() : null;
    if (now !== null) claims.decideWaitingHere(now);
    if (mode === 'ORDERED' || mode === 'CONNECTING') claims.askHubForRelays();
    upkeep.beginJournal();
  }

  /**
   * Journals own events, sends them, and shows them on top of the ordered ones: who waits, waits for the hub. `isAsked`: the
   * hub is deciding this claim already, and is sent it behind its answer.
   */
  function journal(drafts: readonly Draft[], isAsked = false): void {
    day.journal(drafts);
    if (!isAsked) feedAll({ type: 'journaled' });
    tell();
  }

  const relayToAsk = () => (mode === 'RELAY' ? island.servedBy() : null);

  /** M3: the device is the only one it can ask. */
  function executeAlone(command: Command): CommandAnswer {
    upkeep.followClockAlone();
    const now = clock.loneTime();
    if (now === null) return refuse({ type: 'clockUnsure' });
    // A configuration for all is not for one to publish.
    if (command.name === 'publishConfiguration') return refuse({ type: 'unreachable', detail: 'there is no hub' });
    return claims.decideHere(command, now);
  }

  function executeFact(command: Command): CommandAnswer {
    const decision = decide(command, day.ledger().state(), clock.now());
    if (!decision.ok) return decision;
    journal(decision.value.facts);
    return { ok: true, value: decision.value.receipt };
  }

  function tick(): void {
    cancelTick = platform.schedule(TICK_MS, () => {
      tick();
      claims.retry();
      unhanded.retry();
      feedAll({ type: 'tick' });
      const isSettled = mode === 'ORDERED' && platform.monoMs() - modeSinceMonoMs > OTHERS_PATIENCE_MS;
      if (isSettled && day.ledger().hideOthersPending()) tell();
      upkeep.beginJournal();
      try {
        upkeep.followClockAlone();
        link.follow?.(service(hub, platform.monoMs()) === 'silent', platform.monoMs());
        island.follow();
        upkeep.forgetOldDay();
      } catch (error) {
        if (!(error instanceof StorageFault)) throw error;
        log.error('the day or the relay could not be opened, or an old day not deleted', { error });
      }
    });
  }

  claims.withdrawLeftovers();
  tick();
  startPeer(hub, feed);

  return {
    execute: async (asked) => {
      asks.takeAnswered();
      if (isDiskRefused) return refuse(DISK_REFUSED);
      if (isClosed || day.date() === NO_DAY) return refuse({ type: 'unreachable', detail: 'no business day is known' });
      const command = claims.current(asked);
      const joined = claims.joined(asked.commandId) ?? claims.joined(command.commandId);
      if (joined !== null) return joined;
      const outcome = day.outcomeOf(command.commandId);
      if (outcome !== undefined && outcome.status !== 'pending') return claims.known(command.commandId, outcome);
      try {
        noteMode();
        const serving = island.serving();
        if (serving !== null) return await serving.execute(command);
        if (commandSchemas[command.name].decidedBy === 'device') return executeFact(command);
        return mode === 'ALONE' ? executeAlone(command) : await claims.claim(command, relayToAsk());
      } catch (error) {
        return storageRefusal(error);
      }
    },
    state: () => day.ledger().state(),
    syncStatus: () => ({
      mode,
      since: modeSince,
      eventsWaiting: eventsWaiting(),
      hostAt: clock.now(),
    }),
    now: clock.now,
    onChange: (listener) => {
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    stateHash: () => day.ledger().stateHash(),
    rows: () => day.ledger().ordered().info.rows,
    voidUnhandedTickets: unhanded.voidAll,
    servedBy: () => (island.serving() === null ? island.servedBy() : store.device),
    standAside: island.standAside,
    close() {
      if (isClosed) return;
      asks.takeAnswered();
      island.leave();
      isClosed = true;
      cancelTick();
      link.close();
      claims.settleAll(refuse({ type: 'unreachable', detail: 'the device is stopping' }));
      listeners.clear();
    },
  };
}
