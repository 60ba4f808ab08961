import type { Bridge, CallName, CallResult, LinkState } from '@aufruf/shared/bridge/bridge';
import type { TopicName } from '@aufruf/shared/bridge/topic-table';
import type { CommandId } from '@aufruf/shared/lib/ids';
import { createLink } from '../../bridge/link.ts';
import type { RendererPlatform } from '../../platform/renderer-platform.ts';

export interface TestBridge extends Bridge {
  /** Calls so far; a test answers each by hand. */
  readonly calls: readonly {
    readonly name: CallName;
    readonly input: unknown;
    readonly commandId: CommandId;
    readonly answer: (result: CallResult<CallName>) => void;
  }[];
  /** Topics subscribed at present, in order of subscription. */
  topics(): readonly TopicName[];
  /** Sends a value to all who watch the topic. */
  publish(topic: TopicName, value: unknown): void;
  setLink(state: LinkState['state']): void;
}

/** A bridge whose host is the test itself. */
export function createTestBridge(platform: RendererPlatform): TestBridge {
  const link = createLink(platform);
  const subscriptions = new Set<{ readonly topic: TopicName; readonly onValue: (value: never) => void }>();
  const calls: TestBridge['calls'][number][] = [];
  return {
    calls,
    topics: () => [...subscriptions].map(({ topic }) => topic),
    publish(topic, value) {
      for (const entry of [...subscriptions]) if (entry.topic === topic) entry.onValue(value as never);
    },
    setLink: link.set,
    call(name, input, commandId) {
      return new Promise((resolve) => calls.push({ name, input, commandId, answer: resolve as never }));
    },
    subscribe(topic, _params, onValue) {
      const entry = { topic, onValue: onValue as (value: never) => void };
      subscriptions.add(entry);
      return () => void subscriptions.delete(entry);
    },
    link,
  };
}
