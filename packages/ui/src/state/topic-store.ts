/**
 * The values of all topics a screen watches, in one zustand store. However many components watch a topic, it is
 * subscribed once; it stays subscribed for a moment after the last one left, so that changing pages shows no gap.
 */
import type { Bridge } from '@aufruf/shared/bridge/bridge';
import type { TopicName, TopicParams, TopicValue } from '@aufruf/shared/bridge/topic-table';
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RendererPlatform } from '../platform/renderer-platform.ts';

/** A topic nobody watches any more is kept for so long, ms. */
export const LINGER_MS = 1_000;

export interface TopicState {
  /** Latest values by `topicKey`; absent while the first one is on its way. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Host clock minus this machine's, ms; 0 until the host told its time. */
  readonly hostOffsetMs: number;
}

export interface TopicStore {
  readonly store: StoreApi<TopicState>;
  /** Counts one more watcher of a topic; returns the way to leave. */
  watch<T extends TopicName>(topic: T, params: TopicParams<T>): () => void;
  /** Ends all subscriptions. Watching again later subscribes again. */
  close(): void;
}

/** One text for one (topic, parameters) pair, whatever order the parameters are written in. */
export function topicKey(topic: TopicName, params: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([topic, ...Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

export function createTopicStore(bridge: Bridge, platform: RendererPlatform): TopicStore {
  const store = createStore<TopicState>(() => ({ values: {}, hostOffsetMs: 0 }));
  const watched = new Map<string, { watchers: number; stop: () => void; cancelLinger: () => void }>();

  function end(key: string): void {
    const entry = watched.get(key);
    if (entry === undefined) return;
    entry.cancelLinger();
    entry.stop();
    watched.delete(key);
    store.setState(({ values: { [key]: _ended, ...values } }) => ({ values }));
  }

  function receive(key: string, topic: TopicName, value: TopicValue<TopicName>): void {
    store.setState(({ values }) => ({ values: { ...values, [key]: value } }));
    if (topic === 'syncStatus') {
      store.setState({ hostOffsetMs: (value as SyncStatus).hostAt - platform.now() });
    }
  }

  return {
    store,
    watch(topic, params) {
      const key = topicKey(topic, params);
      const entry = watched.get(key) ?? { watchers: 0, stop: () => {}, cancelLinger: () => {} };
      entry.watchers += 1;
      entry.cancelLinger();
      if (!watched.has(key)) {
        watched.set(key, entry);
        entry.stop = bridge.subscribe(topic, params, (value) => receive(key, topic, value));
      }
      let left = false;
      return () => {
        if (left) return;
        left = true;
        entry.watchers -= 1;
        if (entry.watchers === 0 && watched.get(key) === entry) {
          entry.cancelLinger = platform.schedule(LINGER_MS, () => end(key));
        }
      };
    },
    close() {
      for (const key of [...watched.keys()]) end(key);
    },
  };
}
