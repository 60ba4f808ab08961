/**
 * The bridge as a screen sees it: one function to command, one to watch. Implementations: socket.io (web mode), IPC
 * (desktop), in memory (tests); one contract suite holds them all.
 */
import type { CommandInput, CommandName, CommandRefusalType, Receipt } from '../domain/commands.ts';
import type { CommandId } from '../lib/ids.ts';
import type { Result } from '../lib/result.ts';
import type { MachineCommandInput, MachineCommandName, MachineRefusalType } from './machine-table.ts';
import type { TopicName, TopicParams, TopicValue } from './topic-table.ts';

/**
 * Refusals of the bridge itself, before or instead of the domain's.
 * `unreachable`: no answer in time; the same command id may be sent again and is then answered, not repeated.
 * `clockUnsure`: without the hub and with a clock that cannot be right, this device does not know which day it is (D1).
 */
export const BRIDGE_REFUSALS = [
  'malformed',
  'notAllowed',
  'unknownName',
  'tooLarge',
  'wrongVersion',
  'tooMany',
  'unreachable',
  'storageFailed',
  'clockUnsure',
] as const;
export type BridgeRefusalType = (typeof BRIDGE_REFUSALS)[number];

const PASSING: ReadonlySet<string> = new Set<BridgeRefusalType>([
  'unreachable',
  'storageFailed',
  'tooMany',
  'clockUnsure',
]);
/** Whether a refusal of a command passes by itself: the same command may be sent again later, under the same id. */
export const isPassing = (refusalType: string): boolean => PASSING.has(refusalType);

export interface BridgeRefusal {
  readonly type: BridgeRefusalType;
  /** For the log and for developers, English; never shown to a citizen. */
  readonly detail?: string;
}

/** What can be called: commands of the day, and of the machine behind the bridge. */
export type CallName = CommandName | MachineCommandName;
export type CallInput<N extends CallName> = N extends MachineCommandName
  ? MachineCommandInput<N>
  : N extends CommandName
    ? CommandInput<N>
    : never;
export type CallResult<N extends CallName> = Result<
  Receipt,
  | { readonly type: N extends MachineCommandName ? MachineRefusalType : never }
  | { readonly type: N extends CommandName ? CommandRefusalType<N> : never }
  | BridgeRefusal
>;

/** Whether the renderer reaches its host. Not the hub: that is the topic `syncStatus`. */
export interface LinkState {
  readonly state: 'connecting' | 'up' | 'down';
  /** When this state began, ms on the renderer's clock. */
  readonly since: number;
}

export interface Bridge {
  /**
   * Sends a command. `commandId` names it: repeat an unanswered call with the same id and it happens once.
   * Never rejects; waits at most CALL_TIMEOUT_MS and then refuses with `unreachable`.
   */
  call<N extends CallName>(name: N, input: CallInput<N>, commandId: CommandId): Promise<CallResult<N>>;
  /** Watches a topic: the current value soon, each new one after. Survives a lost connection. Returns the way to stop. */
  subscribe<T extends TopicName>(topic: T, params: TopicParams<T>, onValue: (value: TopicValue<T>) => void): () => void;
  readonly link: {
    get(): LinkState;
    subscribe(onChange: () => void): () => void;
  };
}

/** A call unanswered for so long is refused as `unreachable`. */
export const CALL_TIMEOUT_MS = 8_000;
/** Repetition of the same unanswered command within a call, ms. */
export const CALL_RETRY_MS = 1_500;
/** Version of this border; both sides must agree. */
export const BRIDGE_VERSION = 2;
/** Largest command in bytes of JSON. */
export const MAX_COMMAND_BYTES = 100 * 1024;
/** Most commands a second of one caller, sustained; a burst may reach twice as many. */
export const MAX_COMMANDS_PER_SECOND = 20;
/** Most topics one caller watches at once. */
export const MAX_SUBSCRIPTIONS = 32;
