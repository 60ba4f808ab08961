/**
 * The bridge without a wire: a screen and its host in one process, for tests and for the contract suite. What crosses
 * is copied as JSON, exactly as a wire would, so that nothing works here that would not work there.
 */
import type { Bridge, CallName, CallResult, LinkState } from '@aufruf/shared/bridge/bridge';
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { Caller } from '@aufruf/shared/bridge/roles';
import type { Platform } from '../platform/platform.ts';
import { createBridgeSession } from './bridge-session.ts';
import type { AnyTopicValue, TopicPublisher } from './topic-publisher.ts';

export interface MemoryBridge extends Bridge {
  /** Sends a message as it is, however wrong; answers what the host answers. */
  sendRaw(kind: 'call' | 'subscribe', message: unknown): Promise<unknown>;
  close(): void;
}

export interface MemoryMountOptions {
  readonly host: CommandHost;
  readonly caller: Caller;
  readonly publisher: TopicPublisher;
  readonly platform: Platform;
}

export function openMemoryBridge({ host, caller, publisher, platform }: MemoryMountOptions): MemoryBridge {
  const listeners = new Map<number, (value: AnyTopicValue) => void>();
  const send = (subscription: number, value: AnyTopicValue): void => listeners.get(subscription)?.(copy(value));
  const session = createBridgeSession({ host, caller, publisher, platform, send });
  const link: LinkState = { state: 'up', since: platform.now() };
  let lastSubscription = 0;

  return {
    async call<N extends CallName>(name: N, input: unknown, commandId: string) {
      return copy(await session.call(copy({ name, input, commandId }))) as CallResult<N>;
    },
    subscribe(topic, params, onValue) {
      lastSubscription += 1;
      const subscription = lastSubscription;
      listeners.set(subscription, onValue as (value: AnyTopicValue) => void);
      session.subscribe(copy({ subscription, topic, params }));
      return () => {
        listeners.delete(subscription);
        session.unsubscribe({ subscription });
      };
    },
    link: { get: () => link, subscribe: () => () => {} },
    async sendRaw(kind, message) {
      return copy(kind === 'call' ? await session.call(message) : session.subscribe(message));
    },
    close: () => session.close(),
  };
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
