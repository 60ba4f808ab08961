/**
 * One caller's side of the bridge on the host: its commands, its subscriptions, its limits. Every mount (socket.io, in
 * memory, IPC) makes one for each connected caller and adds nothing but carrying, so that they cannot drift apart.
 *
 * Invariants: whatever a caller sends is answered or ignored, never thrown at the mount; a closed session sends nothing.
 */
import { type BridgeRefusal, MAX_SUBSCRIPTIONS } from '@aufruf/shared/bridge/bridge';
import { type DispatchResult, dispatch } from '@aufruf/shared/bridge/dispatch';
import type { CommandHost } from '@aufruf/shared/bridge/host';
import { fullBucket, takeCommand } from '@aufruf/shared/bridge/rate-limit';
import type { Caller } from '@aufruf/shared/bridge/roles';
import { checkSubscription } from '@aufruf/shared/bridge/topics';
import { unsubscribeMessageSchema } from '@aufruf/shared/bridge/wire';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import type { Platform } from '../platform/platform.ts';
import type { AnyTopicValue, TopicPublisher } from './topic-publisher.ts';

export interface BridgeSession {
  /** Carries a command out. Never rejects; `tooMany` beyond the rate limit, `unreachable` when the host broke down. */
  call(message: unknown): Promise<DispatchResult>;
  /** Starts a subscription; its values go to `send`, the first one at once. A repeated number replaces the older one. */
  subscribe(message: unknown): Result<null, BridgeRefusal>;
  /** Ends a subscription; an unknown number or a broken message changes nothing. */
  unsubscribe(message: unknown): void;
  close(): void;
}

export interface BridgeSessionOptions {
  readonly host: CommandHost;
  readonly caller: Caller;
  readonly publisher: TopicPublisher;
  readonly platform: Platform;
  readonly send: (subscription: number, value: AnyTopicValue) => void;
}

const SUSPICIOUS: ReadonlySet<string> = new Set(['malformed', 'notAllowed', 'unknownName', 'tooLarge']);

export function createBridgeSession({ host, caller, publisher, platform, send }: BridgeSessionOptions): BridgeSession {
  const stops = new Map<number, () => void>();
  let commandBucket = fullBucket(platform.monoMs());
  // Subscribing computes a view, so it is limited too, and apart: a screen that changes pages must not lose a command.
  let subscribeBucket = fullBucket(platform.monoMs());

  /** What no screen of ours sends is worth a line: it is an old page, a bug, or somebody trying. */
  function noteRefusal(
    what: string,
    { type, detail }: BridgeRefusal | { readonly type: string; readonly detail?: never },
  ): void {
    if (SUSPICIOUS.has(type)) platform.log.warn(what, { role: caller.role, type, detail: detail ?? null });
  }

  return {
    async call(message) {
      const taken = takeCommand(commandBucket, platform.monoMs());
      commandBucket = taken.bucket;
      if (!taken.allowed) return refuse({ type: 'tooMany', detail: 'too many commands, try again in a second' });
      try {
        const result = await dispatch(host, caller, message);
        if (!result.ok) noteRefusal('a message was refused', result.refusal);
        return result;
      } catch (error) {
        // A bug. Nobody knows whether the command happened, which is what `unreachable` says.
        platform.log.error('a command broke the host', { role: caller.role, error });
        return refuse({ type: 'unreachable', detail: 'the host failed' });
      }
    },
    subscribe(message) {
      const taken = takeCommand(subscribeBucket, platform.monoMs());
      subscribeBucket = taken.bucket;
      if (!taken.allowed) return refuse({ type: 'tooMany', detail: 'too many subscriptions, try again in a second' });
      const checked = checkSubscription(caller, message);
      if (!checked.ok) {
        noteRefusal('a subscription was refused', checked.refusal);
        return checked;
      }
      const { subscription, request } = checked.value;
      if (!stops.has(subscription) && stops.size >= MAX_SUBSCRIPTIONS) {
        return refuse({ type: 'tooMany', detail: `at most ${MAX_SUBSCRIPTIONS} topics at once` });
      }
      stops.get(subscription)?.();
      stops.set(
        subscription,
        publisher.watch(request, (value) => send(subscription, value)),
      );
      return { ok: true, value: null };
    },
    unsubscribe(message) {
      const parsed = unsubscribeMessageSchema.safeParse(message);
      if (!parsed.success) return;
      stops.get(parsed.data.subscription)?.();
      stops.delete(parsed.data.subscription);
    },
    close() {
      for (const stop of stops.values()) stop();
      stops.clear();
    },
  };
}
