import type { SetupValue, ShellCall, WelcomeValue, WindowValue } from '@aufruf/shared/bridge/shell-table';
import { MAX_ADDRESS_LENGTH } from '@aufruf/shared/bridge/shell-table';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HostSession } from './ipc/ipc-mount.ts';
import { createShellHost } from './shell-host.ts';
import { createTestShellPlatform } from './test/test-shell-platform.ts';
import { createWatchedValue } from './watched-value.ts';

describe('createShellHost', () => {
  const welcome = createWatchedValue<WelcomeValue | null>(null);
  const setup = createWatchedValue<SetupValue>({
    app: 'kiosk',
    hubUrl: null,
    stationId: null,
    search: { state: 'none' },
    nearby: [],
  });
  const window = createWatchedValue<WindowValue>({ form: 'window', canBeBar: false });
  let acted: ShellCall[];
  let sent: [number, unknown][];
  let session: HostSession;
  beforeEach(() => {
    acted = [];
    sent = [];
    const open = createShellHost({
      topics: { welcome, setup, window },
      act(call) {
        acted.push(call);
        return { ok: true, value: null };
      },
      log: createTestShellPlatform().log,
    });
    session = open((subscription, value) => sent.push([subscription, value])) as HostSession;
  });

  it('carries a call out', async () => {
    expect(await session.call({ name: 'findHub', address: '10.0.0.5' })).toEqual({ ok: true, value: null });
    expect(acted).toEqual([{ name: 'findHub', address: '10.0.0.5' }]);
  });

  it.each([
    null,
    'quit',
    { name: 'constructor' },
    { name: 'findHub' },
    { name: 'findHub', address: 7 },
    { name: 'findHub', address: 'a'.repeat(MAX_ADDRESS_LENGTH + 1) },
    { name: 'quit', force: true },
  ])('Bad input: the call %j is refused and does nothing', async (message) => {
    expect(await session.call(message)).toMatchObject({ ok: false, refusal: { type: 'malformed' } });
    expect(acted).toEqual([]);
  });

  it('gives the current value at once and each new one after, until stopped', () => {
    expect(session.subscribe({ subscription: 3, topic: 'welcome', params: {} })).toEqual({ ok: true, value: null });
    welcome.set({ station: 'kiosk-1', hubUrl: 'http://10.0.0.5:4700' });
    session.unsubscribe({ subscription: 3 });
    welcome.set(null);
    expect(sent).toEqual([
      [3, null],
      [3, { station: 'kiosk-1', hubUrl: 'http://10.0.0.5:4700' }],
    ]);
  });

  it('a repeated number replaces the older one, and a closed session sends nothing', () => {
    session.subscribe({ subscription: 1, topic: 'welcome', params: {} });
    session.subscribe({ subscription: 1, topic: 'window', params: {} });
    welcome.set({ station: 'kiosk-1', hubUrl: 'http://10.0.0.5:4700' });
    session.close();
    window.set({ form: 'bar', canBeBar: true });
    expect(sent).toEqual([
      [1, null],
      [1, { form: 'window', canBeBar: false }],
    ]);
  });

  it.each([
    null,
    { subscription: 1, topic: 'syncStatus', params: {} },
    { subscription: 1, topic: 'constructor', params: {} },
    { subscription: 0, topic: 'welcome', params: {} },
  ])('Bad input: the subscription %j is refused', (message) => {
    expect(session.subscribe(message)).toMatchObject({ ok: false, refusal: { type: 'malformed' } });
    session.unsubscribe(message);
    expect(sent).toEqual([]);
  });
});
