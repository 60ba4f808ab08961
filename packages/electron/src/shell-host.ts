/** What stands behind the IPC target `shell`: the table's calls, checked once, and the table's topics. */
import {
  SHELL_TOPICS,
  type ShellAnswer,
  type ShellCall,
  type ShellTopicName,
  type ShellTopics,
  shellCallSchema,
} from '@aufruf/shared/bridge/shell-table';
import { subscribeMessageSchema, unsubscribeMessageSchema } from '@aufruf/shared/bridge/wire';
import { refuse } from '@aufruf/shared/lib/result';
import type { OpenSession } from './ipc/ipc-mount.ts';
import type { ShellLog } from './shell-platform.ts';
import type { WatchedValue } from './watched-value.ts';

export interface ShellHostOptions {
  readonly topics: { readonly [T in ShellTopicName]: Pick<WatchedValue<ShellTopics[T]>, 'watch'> };
  /** Carries out a call that passed the table. */
  readonly act: (call: ShellCall) => ShellAnswer;
  readonly log: ShellLog;
}

export function createShellHost({ topics, act, log }: ShellHostOptions): OpenSession {
  return (send) => {
    const stops = new Map<number, () => void>();
    return {
      async call(message) {
        const parsed = shellCallSchema.safeParse(message);
        if (parsed.success) return act(parsed.data);
        log.warn('a message was refused', { target: 'shell' });
        return refuse({ type: 'malformed' });
      },
      subscribe(message) {
        const parsed = subscribeMessageSchema.safeParse(message);
        const topic = SHELL_TOPICS.find((name) => name === parsed.data?.topic);
        if (!parsed.success || topic === undefined) return refuse({ type: 'malformed' });
        const { subscription } = parsed.data;
        stops.get(subscription)?.();
        stops.set(
          subscription,
          topics[topic].watch((value: unknown) => send(subscription, value)),
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
  };
}
