/**
 * Keeps watched topics up to date: recomputes them when the host's state changes and as time passes, and hands a value
 * on only when it differs from the one before.
 *
 * Invariants: a (topic, parameters) pair is computed once for all who watch it; a view that throws costs its own
 * watchers an update, never the server; nothing is computed for a topic nobody watches. Called by bridge sessions.
 */
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { TopicName, TopicValue } from '@aufruf/shared/bridge/topic-table';
import {
  significantPart,
  TICK_MS,
  type TopicRequest,
  type TopicSources,
  topicValue,
} from '@aufruf/shared/bridge/topics';
import type { Platform } from '../platform/platform.ts';

/** Shortest time between two publications: about two frames of a screen. The first change after quiet goes at once. */
export const PUBLISH_INTERVAL_MS = 30;
/** A publication that took long is followed by a pause so many times as long: publishing never fills the processor. */
export const PUBLISH_REST_FACTOR = 4;

export type AnyTopicValue = TopicValue<TopicName>;

export interface TopicPublisher {
  /** Watches a topic: `onValue` gets the current value before this returns, and each new one. Returns the way to stop. */
  watch(request: TopicRequest, onValue: (value: AnyTopicValue) => void): () => void;
  /** Stops all timers and watching; nothing is sent after. */
  close(): void;
}

interface Group {
  readonly request: TopicRequest;
  readonly watchers: Set<(value: AnyTopicValue) => void>;
  /** What was sent last, and its comparable form; null before the first value. */
  latest: { readonly value: AnyTopicValue; readonly json: string } | null;
  /** Whether the view threw when last asked: logged once, not with every change. */
  failing: boolean;
}

export interface TopicPublisherOptions {
  readonly host: CommandHost;
  readonly platform: Platform;
  /** How a topic is computed; another one only in tests. */
  readonly compute?: (request: TopicRequest, sources: TopicSources) => AnyTopicValue;
}

export function createTopicPublisher(options: TopicPublisherOptions): TopicPublisher {
  const { host, platform, compute = topicValue } = options;
  const groups = new Map<string, Group>();
  /** Set while a publication is due; cancels it. */
  let cancelDue: (() => void) | null = null;
  let earliestNextMs = Number.NEGATIVE_INFINITY;

  const sources = (): TopicSources => ({
    state: host.state(),
    now: host.now(),
    syncStatus: host.syncStatus(),
    machine: host.machine?.view() ?? null,
  });

  /** Recomputes one group. True when the value is new and has to be handed on. */
  function refresh(group: Group, from: TopicSources): boolean {
    try {
      const value = compute(group.request, from);
      // A view writes its properties in one order, so plain JSON compares it; at worst a value is sent once too often.
      const json = JSON.stringify(significantPart(group.request.topic, value));
      group.failing = false;
      if (json === group.latest?.json) return false;
      group.latest = { value, json };
      return true;
    } catch (error) {
      if (!group.failing)
        platform.log.error('a view failed, its screens keep the last value', { topic: group.request.topic, error });
      group.failing = true;
      return false;
    }
  }

  function deliver(group: Group, onValue: (value: AnyTopicValue) => void): void {
    if (group.latest === null) return;
    try {
      onValue(group.latest.value);
    } catch (error) {
      platform.log.error('a value could not be handed on', { topic: group.request.topic, error });
    }
  }

  function publish(): void {
    cancelDue = null;
    const startedMs = platform.monoMs();
    const from = sources();
    for (const group of groups.values()) {
      if (!refresh(group, from)) continue;
      for (const onValue of [...group.watchers]) deliver(group, onValue);
    }
    const tookMs = platform.monoMs() - startedMs;
    earliestNextMs = startedMs + tookMs + Math.max(PUBLISH_INTERVAL_MS, tookMs * PUBLISH_REST_FACTOR);
  }

  /** Scheduled even when due at once: the command's answer leaves first, and changes of one moment go out together. */
  function publishSoon(): void {
    if (cancelDue !== null || groups.size === 0) return;
    cancelDue = platform.schedule(Math.max(0, earliestNextMs - platform.monoMs()), publish);
  }

  let cancelTick = (): void => {};
  function tick(): void {
    cancelTick = platform.schedule(TICK_MS, () => {
      tick();
      publishSoon();
    });
  }

  const stopWatchingHost = host.onChange(publishSoon);
  tick();

  return {
    watch(request, onValue) {
      const key = `${request.topic} ${JSON.stringify(request.params)}`;
      let group = groups.get(key);
      // A value that is up to date serves a newcomer as it is: a hundred screens that reconnect cost one computation.
      const isCurrent = group !== undefined && cancelDue === null;
      if (group === undefined) {
        group = { request, watchers: new Set(), latest: null, failing: false };
        groups.set(key, group);
      }
      const own = group;
      if (!isCurrent && refresh(own, sources())) for (const earlier of [...own.watchers]) deliver(own, earlier);
      // A function of its own for each watch, so that two with the same callback are two.
      const watcher = (value: AnyTopicValue): void => onValue(value);
      own.watchers.add(watcher);
      deliver(own, watcher);
      return () => {
        own.watchers.delete(watcher);
        if (own.watchers.size === 0 && groups.get(key) === own) groups.delete(key);
      };
    },
    close() {
      stopWatchingHost();
      cancelTick();
      cancelDue?.();
      groups.clear();
    },
  };
}
