import type { Bridge } from '@aufruf/shared/bridge/bridge';
import { EMPTY_RECEIPT } from '@aufruf/shared/domain/commands';
import type { CounterId } from '@aufruf/shared/lib/ids';
import { createTestPlatform } from '@aufruf/ui/platform/test/test-platform';
import type { TopicState, TopicStore } from '@aufruf/ui/state/topic-store';
import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createClerk, SETTLE_MS } from './clerk-store.ts';

const INPUT = { counterId: 'counter-1' as CounterId };

function setUp() {
  const platform = createTestPlatform();
  const answers: ((answer: unknown) => void)[] = [];
  const ids: string[] = [];
  const bridge = {
    call: (_name: string, _input: unknown, id: string) => {
      ids.push(id);
      return new Promise((resolve) => answers.push(resolve));
    },
  } as unknown as Bridge;
  const store = createStore<TopicState>(() => ({ values: {}, hostOffsetMs: 0 }));
  const clerk = createClerk(bridge, { store } as TopicStore, platform);
  const answer = (type?: string) =>
    answers.shift()?.(type === undefined ? { ok: true, value: EMPTY_RECEIPT } : { ok: false, refusal: { type } });
  return { platform, clerk, answer, ids, arrive: () => store.setState({ values: { desk: {} } }) };
}

describe('the clerk’s steps', () => {
  it('stay pending until the screen has seen the effect', async () => {
    const { clerk, answer, arrive } = setUp();
    const sent = clerk.send('callNext', INPUT);
    answer();
    await Promise.resolve();
    expect(clerk.store.getState().pending).toBe('callNext');
    arrive();
    expect(await sent).toBe(true);
    expect(clerk.store.getState().pending).toBeNull();
  });

  it('do not wait for ever where nothing is to be seen', async () => {
    const { platform, clerk, answer } = setUp();
    const sent = clerk.send('recall', INPUT);
    answer();
    await Promise.resolve();
    await Promise.resolve();
    platform.advance(SETTLE_MS - 1);
    expect(clerk.store.getState().pending).toBe('recall');
    platform.advance(1);
    expect(await sent).toBe(true);
  });

  it('one at a time', async () => {
    const { clerk, ids } = setUp();
    void clerk.send('callNext', INPUT);
    expect(await clerk.send('undo', INPUT)).toBe(false);
    expect(ids).toHaveLength(1);
  });

  it('O6: an unanswered step goes again under its own id; another step, or one that was answered, has a new one', async () => {
    const { clerk, answer, ids } = setUp();
    const press = async (name: 'callNext' | 'recall', refusal: string) => {
      const sent = clerk.send(name, INPUT);
      answer(refusal);
      await sent;
    };
    await press('callNext', 'unreachable');
    await press('callNext', 'nobodyWaiting');
    await press('callNext', 'unreachable');
    await press('recall', 'noVisitCalled');
    const [first, second, third, fourth] = ids;
    expect(second).toBe(first);
    expect(new Set([first, third, fourth]).size).toBe(3);
    expect(await clerk.retry()).toBe(false);
  });
});
