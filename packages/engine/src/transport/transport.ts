/**
 * What carries messages between a device and its hub. A transport carries and does not remember (rule P2): a message may
 * be lost with its connection, and nothing is sent while there is none. Bodies are JSON values, unchecked: whoever
 * receives one validates it.
 *
 * Implementations: socket.io in earnest, in-process in tests and simulation; `transport.contract.ts` holds both.
 */

/** Says the same to many connections of one server, and packs it once. */
export interface HintSender {
  /** By the connections' ids, in this order; lost without a word where the connection is gone. */
  send(ids: readonly string[], name: string, body: unknown): void;
}

/** The hub's end of one connection. */
export interface HubConnection {
  /** For the log, and for its server's sender. */
  readonly id: string;
  /** The same for all connections of a server; absent where a transport has none. */
  readonly sender?: HintSender;
  /** Each request of the device; `answer` may be called once, now or later, and does nothing once the connection is gone. */
  onRequest(handler: (name: string, body: unknown, answer: (body: unknown) => void) => void): void;
  /** Told once, when the connection is gone, whoever ended it. */
  onClose(handler: () => void): void;
  /** Sends a hint (rule P1); lost without a word when the connection is gone. */
  sendHint(name: string, body: unknown): void;
  /** Ends the connection; repetition does nothing. */
  close(): void;
}

export interface LinkHandlers {
  /** A connection stands; whatever was asked on an earlier one stays unanswered. */
  onUp(): void;
  onDown(): void;
  onHint(name: string, body: unknown): void;
}

/** The device's end: connects, and connects again whenever the connection is lost, until closed. */
export interface HubLink {
  /** Starts connecting. Called once. */
  start(handlers: LinkHandlers): void;
  isUp(): boolean;
  /** Asks the hub; `onAnswer` is called at most once, never after this connection is gone. Does nothing unless up. */
  request(name: string, body: unknown, onAnswer: (body: unknown) => void): void;
  /** Drops this connection and tries a new one. */
  reset(): void;
  /** Ends for good. */
  close(): void;
}
