import type { TopicName, TopicParams, TopicValue } from '@aufruf/shared/bridge/topic-table';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useBridge } from './bridge-context.ts';
import { topicKey } from './topic-store.ts';

/**
 * The latest value of a topic; `undefined` while the first one is on its way (or nothing is watched: `params` null), `null` where the location has no such
 * thing. A lost connection keeps the last value: `useLink` says that it may be old.
 */
export function useTopic<T extends TopicName>(
  topic: T,
  params: TopicParams<T> | null,
): { readonly value: TopicValue<T> | undefined } {
  const { topics } = useBridge();
  const key = params === null ? null : topicKey(topic, params);
  // The key stands for topic and params: an object literal made anew with each render must not resubscribe.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => (params === null ? undefined : topics.watch(topic, params)), [topics, key]);
  return {
    value: useStore(topics.store, (state) => (key === null ? undefined : state.values[key])) as
      | TopicValue<T>
      | undefined,
  };
}
