import type { CounterId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test/test-platform.ts';
import { createTestBridge } from './test/test-bridge.ts';
import { createTopicStore, LINGER_MS, topicKey } from './topic-store.ts';

const params = { counterId: 'counter-1' as CounterId };
const key = topicKey('counterQueue', params);

function setUp() {
  const platform = createTestPlatform();
  const bridge = createTestBridge(platform);
  return { platform, bridge, topics: createTopicStore(bridge, platform) };
}

describe('createTopicStore', () => {
  it('subscribes a topic once for all who watch it', () => {
    const { bridge, topics } = setUp();
    topics.watch('counterQueue', params);
    topics.watch('counterQueue', { ...params });
    topics.watch('counterQueue', { counterId: 'counter-2' as CounterId });
    expect(bridge.topics()).toEqual(['counterQueue', 'counterQueue']);
  });

  it('keeps a topic for LINGER_MS after the last watcher left, so that changing pages shows no gap', () => {
    const { platform, bridge, topics } = setUp();
    const leaveFirst = topics.watch('counterQueue', params);
    const leaveSecond = topics.watch('counterQueue', params);
    bridge.publish('counterQueue', { waiting: [] });
    leaveFirst();
    leaveFirst();
    platform.advance(LINGER_MS);
    expect(bridge.topics()).toEqual(['counterQueue']);
    leaveSecond();
    platform.advance(LINGER_MS - 1);
    expect(topics.store.getState().values[key]).toEqual({ waiting: [] });
    platform.advance(1);
    expect(bridge.topics()).toEqual([]);
    expect(topics.store.getState().values).toEqual({});
  });

  it('a watcher who comes back in time finds the value and costs no new subscription', () => {
    const { platform, bridge, topics } = setUp();
    const leave = topics.watch('counterQueue', params);
    bridge.publish('counterQueue', { waiting: [] });
    leave();
    topics.watch('counterQueue', params);
    platform.advance(10 * LINGER_MS);
    expect(bridge.topics()).toEqual(['counterQueue']);
    expect(topics.store.getState().values[key]).toEqual({ waiting: [] });
  });

  it("derives the host's clock from syncStatus", () => {
    const { platform, bridge, topics } = setUp();
    topics.watch('syncStatus', {});
    bridge.publish('syncStatus', { hostAt: platform.now() + 90_000 });
    expect(topics.store.getState().hostOffsetMs).toBe(90_000);
  });

  it('ends everything when closed, and leaves no timer', () => {
    const { platform, bridge, topics } = setUp();
    topics.watch('syncStatus', {});
    topics.watch('counterQueue', params)();
    topics.close();
    expect(bridge.topics()).toEqual([]);
    expect(platform.timersPending()).toBe(0);
  });
});
