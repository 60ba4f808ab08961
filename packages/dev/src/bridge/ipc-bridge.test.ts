/** The desktop windows' bridge: page, preload, main and the engine's sessions, with Electron's IPC alone replaced. */

import { isOwnUrl } from '@aufruf/electron/app-protocol';
import { type IpcMount, mountBridgeOnIpc, type OpenSession } from '@aufruf/electron/ipc/ipc-mount';
import { createFakeIpc, type FakeIpc, type FakeWindow } from '@aufruf/electron/ipc/test/fake-ipc';
import { isTrustedSender } from '@aufruf/electron/ipc/trusted-sender';
import { createPreloadApi } from '@aufruf/electron/preload/preload-api';
import { createBridgeSession } from '@aufruf/engine/bridge/bridge-session';
import { createTopicPublisher } from '@aufruf/engine/bridge/topic-publisher';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { bridgeContract } from '@aufruf/shared/bridge/bridge.contract';
import { IPC_CHANNELS } from '@aufruf/shared/bridge/ipc';
import type { Caller } from '@aufruf/shared/bridge/roles';
import { createTestHost, type TestHost } from '@aufruf/shared/bridge/test/test-host';
import type { CommandId, CounterId } from '@aufruf/shared/lib/ids';
import { type IpcBridge, openIpcBridge } from '@aufruf/ui/bridge/ipc-bridge';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const PAGE = 'app://counter/index.html';
const kioskPage = 'app://kiosk/index.html';
const noShell: OpenSession = () => null;

/** The engine's side of one app's main process. */
function hostSide(host: TestHost, caller: Caller, monoMs: () => number) {
  const platform = { ...createNodePlatform({ log: quiet }), monoMs };
  const publisher = createTopicPublisher({ host, platform });
  const open: OpenSession = (send) => createBridgeSession({ host, caller, publisher, platform, send });
  return { open, close: () => publisher.close() };
}

bridgeContract('Electron IPC', async (host) => {
  let monoMs = 0;
  const closers: { close(): void }[] = [];
  return {
    async open(caller) {
      // Each app is a process of its own, with its own IPC.
      const ipc = createFakeIpc();
      const side = hostSide(host, caller, () => monoMs);
      const isTrusted = () => true;
      const mount = mountBridgeOnIpc({
        ipcMain: ipc.ipcMain,
        isTrusted,
        open: { host: side.open, shell: noShell },
        log: quiet,
      });
      const { ipcRenderer } = ipc.openWindow(PAGE);
      const bridge = openIpcBridge(createPreloadApi(ipcRenderer));
      closers.push(bridge, mount, side);
      return { bridge, sendRaw: (kind, message) => ipcRenderer.invoke(IPC_CHANNELS[kind], 'host', message) };
    },
    passTime(ms) {
      monoMs += ms;
    },
    async close() {
      for (const closer of closers) closer.close();
    },
  };
});

describe('the IPC mount', () => {
  const counterId = 'counter-1' as CounterId;
  const commandId = 'command-000000000001' as CommandId;
  let host: TestHost;
  let ipc: FakeIpc;
  let mount: IpcMount;
  let openHost: OpenSession;
  let denied: string[];
  let closers: { close(): void }[];

  beforeEach(() => {
    host = createTestHost();
    ipc = createFakeIpc();
    denied = [];
    const side = hostSide(host, { role: 'clerk', counterId: null }, () => 0);
    openHost = side.open;
    mount = mountBridgeOnIpc({
      ipcMain: ipc.ipcMain,
      isTrusted: (sender) => isTrustedSender(sender, (url) => isOwnUrl('counter', url)),
      open: { host: (send) => openHost(send), shell: noShell },
      log: { ...quiet, warn: (message) => void denied.push(message) },
    });
    closers = [mount, side];
  });
  afterEach(() => {
    for (const closer of closers) closer.close();
  });
  function load(window: FakeWindow): IpcBridge {
    const bridge = openIpcBridge(createPreloadApi(window.ipcRenderer));
    closers.push(bridge);
    return bridge;
  }

  it.each([
    ['a page of another app', kioskPage, {}],
    ['a page of the web', 'https://example.org/', {}],
    ['a file', 'file:///etc/passwd', {}],
    ['a frame within our page', PAGE, { parent: {} as never }],
    ['a frame that is gone', PAGE, null],
  ])('Checklist 17: "Validate the sender of all IPC messages": %s is refused', async (_who, url, frame) => {
    const { ipcRenderer } = ipc.openWindow(url, frame);
    const message = { name: 'callNext', input: { counterId }, commandId };
    const refusal = { ok: false, refusal: { type: 'notAllowed' } };
    expect(await ipcRenderer.invoke(IPC_CHANNELS.call, 'host', message)).toMatchObject(refusal);
    const subscription = { subscription: 1, topic: 'syncStatus', params: {} };
    expect(await ipcRenderer.invoke(IPC_CHANNELS.subscribe, 'host', subscription)).toMatchObject(refusal);
    ipcRenderer.send(IPC_CHANNELS.open);
    ipcRenderer.send(IPC_CHANNELS.unsubscribe, 'host', { subscription: 1 });
    await vi.waitFor(() => expect(denied).toHaveLength(4));
    expect(host.executed).toEqual([]);
  });

  it.each([null, 'day', '__proto__', { toString: 'host' }, 7])(
    'Bad input: the target %j is refused',
    async (target) => {
      const { ipcRenderer } = ipc.openWindow(PAGE);
      const answer = await ipcRenderer.invoke(IPC_CHANNELS.call, target, { name: 'callNext', input: {}, commandId });
      expect(answer).toMatchObject({ ok: false, refusal: { type: 'malformed' } });
    },
  );

  it('a page that is loaded anew starts anew: what the one before watched is over', async () => {
    const window = ipc.openWindow(PAGE);
    const before = vi.spyOn(window.webContents, 'send');
    load(window).subscribe('syncStatus', {}, () => {});
    await vi.waitFor(() => expect(before).toHaveBeenCalledTimes(1));
    const seen: number[] = [];
    load(window).subscribe('syncStatus', {}, (status) => seen.push(status.eventsWaiting));
    await vi.waitFor(() => expect(seen).toEqual([0]));
    before.mockClear();
    host.setEventsWaiting(5);
    await vi.waitFor(() => expect(seen).toEqual([0, 5]));
    expect(before).toHaveBeenCalledTimes(1);
  });

  it('nothing is sent to a window that is gone', async () => {
    const window = ipc.openWindow(PAGE);
    const other = load(ipc.openWindow(PAGE));
    const seen: number[] = [];
    load(window).subscribe('syncStatus', {}, () => {});
    other.subscribe('syncStatus', {}, (status) => seen.push(status.eventsWaiting));
    await vi.waitFor(() => expect(seen).toEqual([0]));
    window.close();
    host.setEventsWaiting(1);
    await vi.waitFor(() => expect(seen).toEqual([0, 1]));
  });

  it('O6: while the device is still opening its data a command waits, and is carried out once', async () => {
    const real = openHost;
    openHost = () => null;
    const bridge = load(ipc.openWindow(PAGE));
    const seen: number[] = [];
    bridge.subscribe('syncStatus', {}, (status) => seen.push(status.eventsWaiting));
    expect(await bridge.call('callNext', { counterId }, commandId)).toMatchObject({ refusal: { type: 'unreachable' } });
    openHost = real;
    await vi.waitFor(() => expect(seen).toEqual([0]), { timeout: 5_000 });
    expect((await bridge.call('callNext', { counterId }, commandId)).ok).toBe(true);
    expect(host.executed).toHaveLength(1);
  });

  it('after a reset a page reaches what has taken the place', async () => {
    const bridge = load(ipc.openWindow(PAGE));
    expect((await bridge.call('callNext', { counterId }, commandId)).ok).toBe(true);
    const second = createTestHost();
    const side = hostSide(second, { role: 'clerk', counterId: null }, () => 0);
    closers.push(side);
    openHost = side.open;
    mount.reset('host');
    expect((await bridge.call('callNext', { counterId }, commandId)).ok).toBe(true);
    expect([host.executed.length, second.executed.length]).toEqual([1, 1]);
  });
});
