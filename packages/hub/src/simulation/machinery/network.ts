/**
 * The location's network: connections between machines, messages that take time, and everything that befalls them.
 * Without faults it is as good as TCP: nothing is lost but with its connection, and nothing overtakes. With faults it is
 * worse than any: messages vanish, come twice, overtake each other, or pass in one direction only.
 */
import type { HubConnection, HubLink, LinkHandlers } from '@aufruf/engine/transport/transport';
import { PING_INTERVAL_MS, PING_TIMEOUT_MS, RECONNECT_MAX_MS, RECONNECT_MIN_MS } from '@aufruf/shared/protocol/limits';
import type { Chance } from './chance.ts';
import type { Process } from './machine.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Probabilities for each message, 0 to 1. */
export interface Weather {
  readonly drop: number;
  readonly twice: number;
  /** Held back for up to LATE_MAX_MS, so that later ones overtake it. */
  readonly late: number;
}
export const FAIR_WEATHER: Weather = { drop: 0, twice: 0, late: 0 };

/** A message that a test or an attacker may look at and change on its way. */
export interface PassingMessage {
  readonly from: string;
  readonly to: string;
  readonly kind: 'request' | 'answer' | 'hint';
  readonly name: string;
  readonly body: unknown;
}

export interface Network {
  /** `process` takes connections at `node` until it dies; returns how to end that, and all of them, before. */
  listen(node: string, process: Process, onConnection: (connection: HubConnection) => void): () => void;
  /** A link of `process` at `node` to whoever listens at `to`. */
  link(node: string, to: string, process: Process): HubLink;
  setWeather(weather: Weather): void;
  /** Messages from `from` to `to` vanish until healed. Each end notices by the silence. */
  cut(from: string, to: string): void;
  heal(from: string, to: string): void;
  healAll(): void;
  isCut(from: string, to: string): boolean;
  /** Ends the connections between two machines at once, as a switch that restarts does. */
  sever(a: string, b: string): void;
  /** A node's process was paused or has died; `isSilent`: without its machine saying so (power failure). */
  gone(node: string, isSilent: boolean): void;
  /** Sees, and may replace the body of, each message; null = none. */
  setTap(tap: ((message: PassingMessage) => unknown) | null): void;
  /** Sends a hint over `to`'s standing connection that its hub never sent. */
  forgeHint(to: string, name: string, body: unknown): void;
}

const LATENCY_MIN_MS = 1;
const LATENCY_MAX_MS = 25;
const LATE_MAX_MS = 3_000;
/** A dead or silent other end shows after this. */
const SILENT_END_MS = PING_INTERVAL_MS + PING_TIMEOUT_MS;

interface Listener {
  readonly process: Process;
  readonly onConnection: (connection: HubConnection) => void;
}

interface Wire {
  readonly device: string;
  readonly hub: string;
  readonly deviceProcess: Process;
  readonly hubProcess: Process;
  closeDevice(): void;
  closeHub(): void;
  hint(name: string, body: unknown): void;
}

export function createNetwork(time: VirtualTime, chance: Chance): Network {
  const listeners = new Map<string, Listener>();
  const wires = new Set<Wire>();
  const cuts = new Set<string>();
  let weather = FAIR_WEATHER;
  let tap: ((message: PassingMessage) => unknown) | null = null;
  let connections = 0;
  let packed = { body: null as unknown, text: 'null' };

  const path = (from: string, to: string) => `${from} ${to}`;
  const isCut = (from: string, to: string) => cuts.has(path(from, to));
  const latency = () => chance.between(LATENCY_MIN_MS, LATENCY_MAX_MS);
  const isThere = (process: Process) => process.isAlive() && !process.isPaused();

  /** A head goes to all devices, one after the other. */
  function textOf(body: unknown): string {
    if (packed.body !== body) packed = { body, text: JSON.stringify(body) };
    return packed.text;
  }

  /** Both directions pass and both ends answer. */
  const isSound = ({ device, hub, deviceProcess, hubProcess }: Wire) =>
    !isCut(device, hub) && !isCut(hub, device) && isThere(deviceProcess) && isThere(hubProcess);

  /** What ping and time-out find out: connections that are not sound by then end at both ends. */
  function watch(suspects: (wire: Wire) => boolean): void {
    const watched = [...wires].filter(suspects);
    if (watched.length === 0) return;
    time.after(SILENT_END_MS, () => {
      for (const wire of watched) if (!isSound(wire)) endAt(wire);
    });
  }

  function endAt(wire: Wire): void {
    wires.delete(wire);
    wire.deviceProcess.run(wire.closeDevice);
    wire.hubProcess.run(wire.closeHub);
  }

  function openWire(device: string, hub: string, deviceProcess: Process, listener: Listener, handlers: LinkHandlers) {
    connections += 1;
    const { process: hubProcess } = listener;
    let requestHandler: Parameters<HubConnection['onRequest']>[0] = () => {};
    const closeHandlers: (() => void)[] = [];
    let deviceIsOn = true;
    let hubIsOn = true;
    /** When the last message sent in a direction arrives: the next one is not before it, unless the weather is bad. */
    const lastDue = { toHub: 0, toDevice: 0 };

    function send(direction: keyof typeof lastDue, message: PassingMessage, arrive: (body: unknown) => void): void {
      if (isCut(message.from, message.to) || chance.happens(weather.drop)) return;
      const text = tap === null ? textOf(message.body) : JSON.stringify(tap(message));
      const receiver = direction === 'toHub' ? hubProcess : deviceProcess;
      const deliver = () => {
        // Cut while it was under way: gone as well.
        if (!isCut(message.from, message.to)) receiver.run(() => arrive(JSON.parse(text)));
      };
      const isLate = chance.happens(weather.late);
      const due = isLate
        ? time.now() + chance.between(LATENCY_MIN_MS, LATE_MAX_MS)
        : Math.max(lastDue[direction], time.now() + latency());
      if (!isLate) lastDue[direction] = due;
      time.after(due - time.now(), deliver);
      if (chance.happens(weather.twice)) time.after(due - time.now() + latency(), deliver);
    }

    const wire: Wire = {
      device,
      hub,
      deviceProcess,
      hubProcess,
      hint: (name, body) =>
        send('toDevice', { from: hub, to: device, kind: 'hint', name, body }, (arrived) => {
          if (deviceIsOn) handlers.onHint(name, arrived);
        }),
      closeHub: () => {
        if (!hubIsOn) return;
        hubIsOn = false;
        for (const handler of closeHandlers) handler();
      },
      closeDevice: () => {
        if (!deviceIsOn) return;
        deviceIsOn = false;
        handlers.onDown();
      },
    };
    wires.add(wire);
    const closeFrom = (end: 'device' | 'hub') => {
      if (end === 'device') wire.closeDevice();
      else wire.closeHub();
      const [from, to] = end === 'device' ? [device, hub] : [hub, device];
      // The goodbye can get lost like anything else; then the other end learns of it by the silence.
      time.after(isCut(from, to) ? SILENT_END_MS : latency(), () => endAt(wire));
    };
    listener.onConnection({
      id: `${device}#${connections}`,
      onRequest: (handler) => {
        requestHandler = handler;
      },
      onClose: (handler) => closeHandlers.push(handler),
      sendHint: (name, body) => {
        if (hubIsOn && isThere(hubProcess)) wire.hint(name, body);
      },
      close: () => closeFrom('hub'),
    });
    return {
      isOn: () => deviceIsOn,
      close: () => closeFrom('device'),
      request(name: string, body: unknown, onAnswer: (body: unknown) => void) {
        let isAnswered = false;
        send('toHub', { from: device, to: hub, kind: 'request', name, body }, (arrived) => {
          if (!hubIsOn) return;
          requestHandler(name, arrived, (answer) => {
            if (!hubProcess.isAlive()) return;
            send('toDevice', { from: hub, to: device, kind: 'answer', name, body: answer }, (answered) => {
              if (isAnswered || !deviceIsOn) return;
              isAnswered = true;
              onAnswer(answered);
            });
          });
        });
      },
    };
  }

  function link(node: string, to: string, process: Process): HubLink {
    let handlers: LinkHandlers | null = null;
    let wire: ReturnType<typeof openWire> | null = null;
    let isWanted = false;

    function connectSoon(): void {
      const delay = RECONNECT_MIN_MS + chance.fraction() * (RECONNECT_MAX_MS - RECONNECT_MIN_MS);
      time.after(delay, () => process.run(connect));
    }
    function connect(): void {
      if (!isWanted || handlers === null || wire?.isOn()) return;
      const listener = listeners.get(to);
      const canReach = listener !== undefined && isThere(listener.process) && !isCut(node, to) && !isCut(to, node);
      if (!canReach) {
        connectSoon();
        return;
      }
      const own = handlers;
      listener.process.run(() => {
        wire = openWire(node, to, process, listener, {
          ...own,
          onDown: () => {
            own.onDown();
            if (isWanted) connectSoon();
          },
        });
      });
      if (wire?.isOn()) own.onUp();
      else connectSoon();
    }
    return {
      start(given) {
        handlers = given;
        isWanted = true;
        time.after(chance.between(LATENCY_MIN_MS, RECONNECT_MIN_MS), () => process.run(connect));
      },
      isUp: () => wire?.isOn() === true,
      request: (name, body, onAnswer) => {
        if (process.isAlive() && wire?.isOn()) wire.request(name, body, onAnswer);
      },
      reset: () => {
        if (process.isAlive() && wire?.isOn()) wire.close();
      },
      close: () => {
        isWanted = false;
        if (process.isAlive() && wire?.isOn()) wire.close();
      },
    };
  }

  return {
    listen(node, process, onConnection) {
      const listener = { process, onConnection };
      listeners.set(node, listener);
      return () => {
        if (listeners.get(node) === listener) listeners.delete(node);
        for (const wire of [...wires]) if (wire.hub === node && wire.hubProcess === process) endAt(wire);
      };
    },
    link,
    setWeather: (next) => {
      weather = next;
    },
    cut(from, to) {
      cuts.add(path(from, to));
      watch((wire) => [wire.device, wire.hub].includes(from) && [wire.device, wire.hub].includes(to));
    },
    heal: (from, to) => void cuts.delete(path(from, to)),
    healAll: () => cuts.clear(),
    isCut,
    sever(a, b) {
      const hit = [...wires].filter(
        (wire) => [wire.device, wire.hub].includes(a) && [wire.device, wire.hub].includes(b),
      );
      for (const wire of hit) endAt(wire);
    },
    gone(node, isSilent) {
      const ofNode = (wire: Wire) => wire.device === node || wire.hub === node;
      if (isSilent) return watch(ofNode);
      const hit = [...wires].filter(ofNode);
      time.after(latency(), () => {
        for (const wire of hit) endAt(wire);
      });
    },
    setTap: (next) => {
      tap = next;
    },
    forgeHint(to, name, body) {
      for (const wire of wires) if (wire.device === to) wire.hint(name, body);
    },
  };
}
