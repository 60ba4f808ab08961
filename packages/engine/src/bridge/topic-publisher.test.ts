import { createTestHost } from '@aufruf/shared/bridge/test/test-host';
import { TICK_MS, type TopicRequest } from '@aufruf/shared/bridge/topics';
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import type { CounterId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import {
  type AnyTopicValue,
  createTopicPublisher,
  PUBLISH_INTERVAL_MS,
  PUBLISH_REST_FACTOR,
} from './topic-publisher.ts';

const status: TopicRequest = { topic: 'syncStatus', params: {} };
const desk = (id: string): TopicRequest => ({ topic: 'counterDesk', params: { counterId: id as CounterId } });

function setUp() {
  const host = createTestHost();
  const platform = createTestPlatform({ now: 1_000_000, seed: 1 });
  const computed: TopicRequest[] = [];
  let fail = false;
  let costMs = 0;
  /** The publisher's own clock runs on while a view computes. */
  let spentMs = 0;
  const publisher = createTopicPublisher({
    host,
    platform: { ...platform, monoMs: () => platform.monoMs() + spentMs },
    compute(request, { syncStatus, now }) {
      computed.push(request);
      spentMs += costMs;
      if (fail) throw new Error('planted');
      // A value that changes with the state, one that changes with time, and one that never does.
      if (request.topic === 'counterDesk')
        return (request.params.counterId === 'clock' ? { now } : { same: true }) as unknown as AnyTopicValue;
      return syncStatus;
    },
  });
  const watch = (request: TopicRequest) => {
    const seen: AnyTopicValue[] = [];
    return { seen, stop: publisher.watch(request, (value) => seen.push(value)) };
  };
  return {
    host,
    platform,
    publisher,
    computed,
    watch,
    setFailing: (failing: boolean) => {
      fail = failing;
    },
    setCost: (ms: number) => {
      costMs = ms;
    },
  };
}

describe('createTopicPublisher', () => {
  it('sends the first change after quiet at once, and further ones together a frame later', () => {
    const { host, platform, watch } = setUp();
    const { seen } = watch(status);
    expect(seen).toHaveLength(1);
    host.setEventsWaiting(1);
    platform.advance(0);
    expect(seen).toHaveLength(2);
    for (let count = 2; count <= 50; count += 1) host.setEventsWaiting(count);
    platform.advance(PUBLISH_INTERVAL_MS - 1);
    expect(seen).toHaveLength(2);
    platform.advance(1);
    expect(seen.map((value) => (value as SyncStatus).eventsWaiting)).toEqual([0, 1, 50]);
  });

  it('takes several changes of one moment for one', () => {
    const { host, platform, watch } = setUp();
    const { seen } = watch(status);
    host.setEventsWaiting(1);
    host.setEventsWaiting(2);
    platform.advance(0);
    expect(seen.map((value) => (value as SyncStatus).eventsWaiting)).toEqual([0, 2]);
  });

  it('computes a topic once for all who watch it, and once per parameters', () => {
    const { host, platform, computed, watch } = setUp();
    for (let index = 0; index < 10; index += 1) watch(status);
    expect(computed).toHaveLength(1);
    watch(desk('counter-1'));
    watch(desk('counter-2'));
    computed.length = 0;
    host.setEventsWaiting(1);
    platform.advance(0);
    expect(computed).toEqual([status, desk('counter-1'), desk('counter-2')]);
  });

  it('sends nothing when the value is the same', () => {
    const { host, platform, watch } = setUp();
    const { seen } = watch(desk('counter-1'));
    host.setEventsWaiting(1);
    platform.advance(TICK_MS);
    expect(seen).toEqual([{ same: true }]);
  });

  it('looks again every TICK_MS, since order and opening hours change with time alone', () => {
    const { host, platform, watch } = setUp();
    let now = 5;
    const { seen } = watch(desk('clock'));
    Object.assign(host, { now: () => now });
    now = 6;
    platform.advance(TICK_MS - 1);
    expect(seen).toHaveLength(1);
    platform.advance(1);
    expect(seen.at(-1)).toEqual({ now: 6 });
  });

  it("does not take the host's running clock for a change, but tells it once per tick", () => {
    const { host, platform, watch } = setUp();
    let hostAt = 10 * TICK_MS;
    const base = host.syncStatus();
    Object.assign(host, { syncStatus: () => ({ ...base, hostAt }) });
    const { seen } = watch(status);
    hostAt += 1;
    host.setEventsWaiting(0);
    platform.advance(PUBLISH_INTERVAL_MS);
    expect(seen).toHaveLength(1);
    hostAt += TICK_MS;
    platform.advance(TICK_MS);
    expect(seen.map((value) => (value as SyncStatus).hostAt)).toEqual([10 * TICK_MS, 11 * TICK_MS + 1]);
  });

  it('gives a newcomer the change that is still due, and tells the others too', () => {
    const { host, watch } = setUp();
    const early = watch(status);
    host.setEventsWaiting(5);
    const late = watch(status);
    expect(late.seen).toEqual(early.seen.slice(1));
    expect((late.seen[0] as SyncStatus).eventsWaiting).toBe(5);
  });

  it('a failing view is logged once, keeps its last value and takes nothing else down', () => {
    const { host, platform, watch, setFailing } = setUp();
    const { seen } = watch(status);
    setFailing(true);
    for (let count = 1; count <= 3; count += 1) {
      host.setEventsWaiting(count);
      platform.advance(PUBLISH_INTERVAL_MS);
    }
    expect(seen).toHaveLength(1);
    expect(platform.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    setFailing(false);
    host.setEventsWaiting(4);
    platform.advance(PUBLISH_INTERVAL_MS);
    expect((seen.at(-1) as SyncStatus).eventsWaiting).toBe(4);
  });

  it('a watcher that throws does not keep the value from the others', () => {
    const { host, platform, publisher, watch } = setUp();
    publisher.watch(status, () => {
      throw new Error('planted');
    });
    const { seen } = watch(status);
    host.setEventsWaiting(1);
    platform.advance(0);
    expect(seen).toHaveLength(2);
  });

  it('rests after a long publication, so that publishing never fills the processor', () => {
    const { host, platform, computed, watch, setCost } = setUp();
    watch(status);
    setCost(50);
    host.setEventsWaiting(1);
    platform.advance(0);
    computed.length = 0;
    host.setEventsWaiting(2);
    platform.advance(50 * PUBLISH_REST_FACTOR - 1);
    expect(computed).toEqual([]);
    platform.advance(1);
    expect(computed).toEqual([status]);
  });

  it('computes nothing that nobody watches, and leaves no timer behind when closed', () => {
    const { host, platform, publisher, computed, watch } = setUp();
    const { stop } = watch(status);
    stop();
    computed.length = 0;
    host.setEventsWaiting(1);
    platform.advance(TICK_MS);
    expect(computed).toEqual([]);
    watch(status);
    host.setEventsWaiting(2);
    publisher.close();
    expect(platform.timersPending()).toBe(0);
  });
});
