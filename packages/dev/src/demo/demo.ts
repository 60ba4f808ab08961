/**
 * Life for `npm start -- --demo`: simulated visitors draw tickets and check in for appointments, simulated clerks work at
 * up to half of the counters. They use the same bridge as people's browsers and leave counters free for people; where a
 * person takes a counter over, the simulated clerk leaves.
 */
import type { Bridge, CallInput, CallName } from '@aufruf/shared/bridge/bridge';
import type {
  CounterDesk,
  CounterList,
  CounterQueue,
  KioskMenu,
  LocationView,
} from '@aufruf/shared/domain/views/view-schemas';
import type { CounterId, KioskId, SessionId } from '@aufruf/shared/lib/ids';
import type { EpochMs } from '@aufruf/shared/lib/time';
import { openSocketBridge, type SocketBridge } from '@aufruf/ui/bridge/socket-bridge';
import { browserPlatform } from '@aufruf/ui/platform/browser-platform';
import { countersForClerks, decideClerkMove } from './clerk-brain.ts';
import { appointmentsFrom, gapBefore, type PlannedAppointment, ticketFor, waitingIn } from './visitor-brain.ts';

/** How often a clerk looks at the screen. */
const LOOK_MS = 1_000;
/** Clerks go home at most so long after they were told. */
const LEAVING_MS = 600;
const SESSION_PREFIX = 'demo-clerk-at-';

export interface DemoOptions {
  /** Address of the hub, `http://host:port`. */
  readonly url: string;
  /** Another seed, other visitors. */
  readonly seed?: number;
  /** Says one line. */
  readonly say?: (line: string) => void;
}

export interface Demo {
  /** Sends clerks and visitors home; resolves within a second, when free counters are closed again. */
  stop(): Promise<void>;
}

const sessionAt = (counterId: CounterId): SessionId => `${SESSION_PREFIX}${counterId}`.slice(0, 64) as SessionId;

/** Keeps the newest value of a topic. */
function latest<T>(watch: (onValue: (value: T | null) => void) => () => void): () => T | null {
  let value: T | null = null;
  watch((next) => {
    value = next;
  });
  return () => value;
}

const send = <N extends CallName>(bridge: Bridge, name: N, input: CallInput<N>) =>
  bridge.call(name, input, browserPlatform.newCommandId());

/** Runs `turn` again and again, each time after the delay it returned; null ends it. Returns the way to stop. */
function repeat(turn: () => Promise<number | null>): () => void {
  let cancel = (): void => {};
  let stopped = false;
  const again = async () => {
    const delayMs = await turn();
    if (!stopped && delayMs !== null) cancel = browserPlatform.schedule(delayMs, again);
  };
  void again();
  return () => {
    stopped = true;
    cancel();
  };
}

export function startDemo({ url, seed = 1, say = (line) => process.stdout.write(`${line}\n`) }: DemoOptions): Demo {
  const bridges: SocketBridge[] = [];
  const stops: (() => void)[] = [];
  const openClerkBridge = (): SocketBridge => {
    const bridge = openSocketBridge({ url, role: 'clerk' });
    bridges.push(bridge);
    return bridge;
  };
  /** What each clerk does to go home. */
  const goHome: (() => Promise<unknown>)[] = [];
  let clerksAtWork = 0;

  const office = openClerkBridge();
  const location = latest<LocationView>((on) => office.subscribe('location', {}, on));
  const counters = latest<CounterList>((on) => office.subscribe('counterList', {}, on));

  function startClerk(counterId: CounterId): void {
    const bridge = openClerkBridge();
    const desk = latest<CounterDesk>((on) => bridge.subscribe('counterDesk', { counterId }, on));
    const queue = latest<CounterQueue>((on) => bridge.subscribe('counterQueue', { counterId }, on));
    const sessionId = sessionAt(counterId);
    clerksAtWork += 1;
    goHome.push(async () => {
      if (desk()?.sessionId === sessionId && desk()?.visit === null) await send(bridge, 'closeCounter', { counterId });
    });
    stops.push(
      repeat(async () => {
        const view = { desk: desk(), queue: queue(), location: location(), now: hostNow() };
        if (view.desk === null || view.queue === null || view.location === null) return LOOK_MS;
        const move = decideClerkMove(
          { ...view, desk: view.desk, queue: view.queue, location: view.location },
          sessionId,
          seed,
        );
        if (move === 'leave') {
          clerksAtWork -= 1;
          return null;
        }
        // A refusal is part of life: the screen was a moment old. The next look shows what is true.
        if (move !== null) await send(bridge, move.name, move.input);
        return LOOK_MS;
      }),
    );
  }

  // ── the clock of the host, which the demo has to go by ──
  let hostOffsetMs = 0;
  office.subscribe('syncStatus', {}, (status) => {
    hostOffsetMs = status.hostAt - browserPlatform.now();
  });
  const hostNow = (): EpochMs => browserPlatform.now() + hostOffsetMs;

  // ── clerks ──
  stops.push(
    repeat(async () => {
      const list = counters();
      if (list === null || location()?.dayStatus !== 'open') return LOOK_MS;
      for (const { id } of countersForClerks(list.counters, (session) => session.startsWith(SESSION_PREFIX)))
        startClerk(id);
      return null;
    }),
  );

  // ── visitors ──
  let menu: KioskMenu | null = null;
  let isWatchingMenu = false;
  // Bound to no kiosk in particular: the host gives its first one, and says which.
  const kiosk = openSocketBridge({
    url,
    role: 'kiosk',
    onWelcome({ station }) {
      if (station === null || isWatchingMenu) return;
      isWatchingMenu = true;
      kiosk.subscribe('kioskMenu', { kioskId: station as KioskId }, (value) => {
        menu = value;
      });
    },
  });
  bridges.push(kiosk);
  startVisitors();

  function startVisitors(): void {
    let index = 0;
    let said: 'open' | 'closed' | null = null;
    let appointments: readonly PlannedAppointment[] | null = null;

    async function checkIn(menu: KioskMenu): Promise<void> {
      const due = appointments?.find((planned) => planned.comesAt <= hostNow());
      if (due === undefined) return;
      appointments = appointments?.filter((planned) => planned !== due) ?? null;
      const result = await send(kiosk, 'checkInAppointment', { kioskId: menu.kioskId, code: due.booking.code });
      if (result.ok && result.value.visitId !== null)
        await send(kiosk, 'confirmHandOver', { kioskId: menu.kioskId, visitId: result.value.visitId, means: 'screen' });
    }

    async function book(menu: KioskMenu): Promise<void> {
      const services = menu.groups.flatMap((group) => group.services).filter(({ closed }) => closed === null);
      appointments = menu.appointments
        ? appointmentsFrom(
            hostNow(),
            services.map(({ id }) => id),
            seed,
          )
        : [];
      for (const { booking } of appointments) await send(office, 'bookAppointment', booking);
    }

    async function draw(menu: KioskMenu): Promise<void> {
      const ticket = ticketFor(index, menu, seed);
      if (ticket === null) return;
      const { kioskId } = menu;
      const result = await send(kiosk, 'issueTicket', { kioskId, ...ticket });
      if (result.ok && result.value.visitId !== null)
        await send(kiosk, 'confirmHandOver', { kioskId, visitId: result.value.visitId, means: 'print' });
    }

    stops.push(
      repeat(async () => {
        if (menu === null) return LOOK_MS;
        if (!menu.open) {
          if (said !== 'closed') {
            const next = menu.opensNext === null ? '' : ` until ${menu.opensNext.date} ${menu.opensNext.time}`;
            say(
              `Demo: the location is closed${next}; simulated visitors come when it opens, or at once with --open-hours.`,
            );
          }
          said = 'closed';
          return LOOK_MS;
        }
        if (said !== 'open')
          say(
            'Demo: simulated visitors come, simulated clerks work at up to half of the counters; the others are free.',
          );
        said = 'open';
        if (appointments === null) await book(menu);
        await checkIn(menu);
        await draw(menu);
        index += 1;
        return gapBefore(index, waitingIn(menu), clerksAtWork, seed);
      }),
    );
  }

  return {
    async stop() {
      for (const stop of stops) stop();
      const home = Promise.allSettled(goHome.map((go) => go()));
      await Promise.race([home, new Promise<void>((resolve) => browserPlatform.schedule(LEAVING_MS, resolve))]);
      for (const bridge of bridges) bridge.close();
    },
  };
}
