/**
 * A network inside one process, moved by hand: nothing arrives until `flush` or `deliverNext`, and a fault plan may
 * drop, double or delay each message. Bodies are copied as JSON, as a wire would. For tests and simulation; worse than
 * any socket, on purpose.
 */
import type { HubConnection, HubLink, LinkHandlers } from './transport.ts';

/** What happens to a message: `later` puts it behind all others, so that they overtake it. */
export type Delivery = 'deliver' | 'drop' | 'twice' | 'later';

export interface MessageInfo {
  readonly link: string;
  readonly to: 'hub' | 'device';
  readonly kind: 'request' | 'answer' | 'hint';
  readonly name: string;
}

export interface InProcessNetwork {
  /**
   * A hub or relay starts to accept connections at its address. Returns how to take it off the net: all its connections are
   * gone at once.
   */
  listen(onConnection: (connection: HubConnection) => void, address?: string): () => void;
  /**
   * A device's link to an address; `name` is for `cut`, `heal` and the fault plan. Two links have two names; what stands
   * behind a `#` tells them apart and is cut with the rest.
   */
  link(name: string, address?: string): HubLink;
  /** Breaks a link's connection and lets none through until healed. */
  cut(name: string): void;
  heal(name: string): void;
  /** Time passes: links that have hung up again and again without it try once more. */
  retry(): void;
  /** The device's process is gone: its link neither hears nor tries again. A new `link` of that name may be made. */
  unplug(name: string): void;
  /** Decides about each message as it comes up; null = deliver all. */
  setFaults(plan: ((message: MessageInfo) => Delivery) | null): void;
  /** Sends a device a hint the hub never sent. */
  say(link: string, hint: string, body: unknown): void;
  /** Delivers the oldest message; false when there is none. */
  deliverNext(): boolean;
  /**
   * Delivers until nothing is on its way; returns how many messages that were.
   * @throws after FLUSH_LIMIT messages: two sides that never come to rest
   */
  flush(): number;
}

interface Item {
  /** null: not subject to faults (connects and closes). */
  readonly info: MessageInfo | null;
  readonly deliver: () => void;
}

/** One standing connection; each end learns of its own accord that it is gone. */
interface Wire {
  isOpen(): boolean;
  ask(name: string, body: unknown, onAnswer: (body: unknown) => void): void;
  hint(name: string, body: unknown): void;
  closeHub(): void;
  closeDevice(): void;
  /** The device's end is gone without being told. */
  vanish(): void;
}

/** Where a hub listens if nothing else is said. */
export const HUB_ADDRESS = 'http://hub:4700';

/** So often a link may lose its connection while time stands still; then it waits for `retry`. */
const MOST_HANG_UPS = 20;

const withoutMark = (name: string): string => name.replace(/#.*$/, '');

/** More messages at a time than any test has reason to send. */
const FLUSH_LIMIT = 100_000;

export function createInProcessNetwork(): InProcessNetwork {
  const queue: Item[] = [];
  const accepting = new Map<string, (connection: HubConnection) => void>();
  /** Where each link goes. */
  const targets = new Map<string, string>();
  let plan: ((message: MessageInfo) => Delivery) | null = null;
  const cutLinks = new Set<string>();
  /** How often each link has lost its connection since the last `retry`. */
  const hangUps = new Map<string, number>();
  const wires = new Map<string, Wire>();
  /** How each link that wants a connection tries again. */
  const retries = new Map<string, () => void>();
  let connections = 0;

  const send = (info: MessageInfo | null, deliver: () => void): void => {
    queue.push({ info, deliver });
  };
  const isCut = (name: string): boolean => cutLinks.has(withoutMark(name));
  const breakWire = (name: string): void => {
    const wire = wires.get(name);
    wire?.closeDevice();
    wire?.closeHub();
  };

  function openWire(name: string, handlers: LinkHandlers): Wire {
    connections += 1;
    let requestHandler: Parameters<HubConnection['onRequest']>[0] = () => {};
    const closeHandlers: (() => void)[] = [];
    let deviceIsOn = true;
    let hubIsOn = true;
    const wire: Wire = {
      isOpen: () => deviceIsOn,
      ask: (request, body, onAnswer) =>
        send({ link: name, to: 'hub', kind: 'request', name: request }, () => {
          if (!hubIsOn) return;
          requestHandler(request, copy(body), (answer) => {
            send({ link: name, to: 'device', kind: 'answer', name: request }, () => {
              if (deviceIsOn) onAnswer(copy(answer));
            });
          });
        }),
      hint: (hint, body) =>
        send({ link: name, to: 'device', kind: 'hint', name: hint }, () => {
          if (deviceIsOn) handlers.onHint(hint, copy(body));
        }),
      closeHub: () => {
        if (!hubIsOn) return;
        hubIsOn = false;
        for (const handler of closeHandlers) handler();
      },
      closeDevice: () => {
        if (!deviceIsOn) return;
        deviceIsOn = false;
        wires.delete(name);
        handlers.onDown();
        const count = (hangUps.get(name) ?? 0) + 1;
        hangUps.set(name, count);
        // A real link waits a moment before it tries again; here time stands still.
        if (count <= MOST_HANG_UPS) retries.get(name)?.();
      },
      vanish: () => {
        deviceIsOn = false;
        wires.delete(name);
      },
    };
    wires.set(name, wire);
    accepting.get(targets.get(name) ?? HUB_ADDRESS)?.({
      id: `${name}#${connections}`,
      onRequest: (handler) => {
        requestHandler = handler;
      },
      onClose: (handler) => closeHandlers.push(handler),
      sendHint: (hint, body) => {
        if (hubIsOn) wire.hint(hint, body);
      },
      close: () => {
        wire.closeHub();
        send(null, wire.closeDevice);
      },
    });
    return wire;
  }

  return {
    listen(onConnection, address = HUB_ADDRESS) {
      accepting.set(address, onConnection);
      for (const retry of retries.values()) retry();
      return () => {
        accepting.delete(address);
        for (const name of [...wires.keys()]) if (targets.get(name) === address) breakWire(name);
      };
    },
    link(name, address = HUB_ADDRESS) {
      targets.set(name, address);
      let wire: Wire | null = null;
      return {
        start(handlers) {
          const retry = (): void => {
            if (wires.has(name) || isCut(name) || !accepting.has(address)) return;
            send(null, () => {
              // Another link of that name may have taken the place of this one, which was closed meanwhile.
              const isWanted = retries.get(name) === retry && !wires.has(name) && !isCut(name);
              if (!isWanted || !accepting.has(address)) return;
              wire = openWire(name, handlers);
              handlers.onUp();
            });
          };
          retries.set(name, retry);
          retry();
        },
        isUp: () => wire?.isOpen() === true,
        request(requestName, body, onAnswer) {
          if (!wire?.isOpen()) return;
          let isAnswered = false;
          wire.ask(requestName, copy(body), (answer) => {
            if (isAnswered) return;
            isAnswered = true;
            onAnswer(answer);
          });
        },
        reset() {
          if (!wire?.isOpen()) return;
          send(null, wire.closeHub);
          wire.closeDevice();
        },
        close() {
          retries.delete(name);
          if (!wire?.isOpen()) return;
          send(null, wire.closeHub);
          wire.closeDevice();
        },
      };
    },
    cut(name) {
      cutLinks.add(name);
      for (const one of [...wires.keys()]) if (withoutMark(one) === name) breakWire(one);
    },
    heal(name) {
      cutLinks.delete(name);
      for (const [one, retry] of [...retries]) if (withoutMark(one) === name) retry();
    },
    retry() {
      const tired = [...hangUps].filter(([, count]) => count > MOST_HANG_UPS);
      hangUps.clear();
      for (const [name] of tired) retries.get(name)?.();
    },
    unplug(name) {
      retries.delete(name);
      const wire = wires.get(name);
      wire?.vanish();
      wire?.closeHub();
    },
    setFaults(next) {
      plan = next;
    },
    say: (name, hint, body) => wires.get(name)?.hint(hint, body),
    deliverNext,
    flush() {
      for (let delivered = 0; ; delivered += 1) {
        if (!deliverNext()) return delivered;
        if (delivered === FLUSH_LIMIT) throw new Error(`the network does not come to rest after ${delivered} messages`);
      }
    },
  };

  function deliverNext(): boolean {
    const item = queue.shift();
    if (item === undefined) return false;
    const delivery = item.info === null || plan === null ? 'deliver' : plan(item.info);
    if (delivery === 'later') queue.push(item);
    if (delivery === 'deliver' || delivery === 'twice') item.deliver();
    if (delivery === 'twice') item.deliver();
    return true;
  }
}

const copy = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
