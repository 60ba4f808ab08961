import type { CounterId } from '@aufruf/shared/lib/ids';
import { act, cleanup, renderHook } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test/test-platform.ts';
import { BridgeProvider } from './bridge-context.ts';
import { createTestBridge } from './test/test-bridge.ts';
import { LINGER_MS } from './topic-store.ts';
import { useCommand } from './use-command.ts';
import { useHostNow } from './use-host-now.ts';
import { useLink } from './use-link.ts';
import { useTopic } from './use-topic.ts';

afterEach(cleanup);

function setUp(startAt = 1_000_000) {
  const platform = createTestPlatform(startAt);
  const bridge = createTestBridge(platform);
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <StrictMode>
      <BridgeProvider bridge={bridge} platform={platform}>
        {children}
      </BridgeProvider>
    </StrictMode>
  );
  return { platform, bridge, wrapper };
}

describe('useTopic', () => {
  it('is undefined while loading, then the value, null included', () => {
    const { bridge, wrapper } = setUp();
    const { result } = renderHook(() => useTopic('counterList', {}), { wrapper });
    expect(result.current.value).toBeUndefined();
    act(() => bridge.publish('counterList', { counters: [] }));
    expect(result.current.value).toEqual({ counters: [] });
    act(() => bridge.publish('counterList', null));
    expect(result.current.value).toBeNull();
  });

  it('watches nothing while its parameters are not known', () => {
    const { bridge, wrapper } = setUp();
    const view = renderHook(({ id }) => useTopic('counterDesk', id && { counterId: id }), {
      wrapper,
      initialProps: { id: null as CounterId | null },
    });
    expect([bridge.topics(), view.result.current.value]).toEqual([[], undefined]);
    view.rerender({ id: 'counter-1' as CounterId });
    expect(bridge.topics()).toEqual(['counterDesk']);
  });

  it('follows its parameters, and does not subscribe anew for equal ones', () => {
    const { platform, bridge, wrapper } = setUp();
    const view = renderHook(({ id }) => useTopic('counterDesk', { counterId: id as CounterId }), {
      wrapper,
      initialProps: { id: 'counter-1' },
    });
    act(() => bridge.publish('counterDesk', { counterId: 'counter-1' }));
    view.rerender({ id: 'counter-1' });
    expect(bridge.topics()).toEqual(['counterDesk']);
    expect(view.result.current.value).toEqual({ counterId: 'counter-1' });
    view.rerender({ id: 'counter-2' });
    expect(view.result.current.value).toBeUndefined();
    act(() => platform.advance(LINGER_MS));
    expect(bridge.topics()).toEqual(['counterDesk']);
  });
});

describe('useLink', () => {
  it('says whether the host is reached', () => {
    const { bridge, wrapper } = setUp();
    const { result } = renderHook(() => useLink(), { wrapper });
    expect(result.current.state).toBe('connecting');
    act(() => bridge.setLink('up'));
    expect(result.current.state).toBe('up');
    act(() => bridge.setLink('down'));
    expect(result.current.state).toBe('down');
  });
});

describe('useHostNow', () => {
  it("shows the host's time, not this machine's", () => {
    const { platform, bridge, wrapper } = setUp();
    const { result } = renderHook(() => useHostNow(1_000), { wrapper });
    expect(result.current).toBe(platform.now());
    act(() => bridge.publish('syncStatus', { hostAt: 5_000_000 }));
    expect(result.current).toBe(5_000_000);
  });

  it('turns at whole multiples of the interval', () => {
    const { platform, wrapper } = setUp(60_000 - 700);
    const { result } = renderHook(() => useHostNow(60_000), { wrapper });
    act(() => platform.advance(699));
    expect(result.current).toBe(60_000 - 700);
    act(() => platform.advance(1));
    expect(result.current).toBe(60_000);
    act(() => platform.advance(60_000));
    expect(result.current).toBe(120_000);
  });
});

describe('useCommand', () => {
  it('shows pending, then the refusal', async () => {
    const { bridge, wrapper } = setUp();
    const { result } = renderHook(() => useCommand('callNext'), { wrapper });
    act(() => void result.current.run({ counterId: 'counter-1' as CounterId }));
    expect(result.current.pending).toBe(true);
    await act(async () => bridge.calls[0]?.answer({ ok: false, refusal: { type: 'nobodyWaiting' } }));
    expect(result.current).toMatchObject({ pending: false, refusal: { type: 'nobodyWaiting' } });
  });

  it('keeps `run` the same between renders, so that effects and key handlers can hold it', () => {
    const { wrapper } = setUp();
    const { result, rerender } = renderHook(() => useCommand('callNext'), { wrapper });
    const { run } = result.current;
    rerender();
    expect(result.current.run).toBe(run);
  });
});
