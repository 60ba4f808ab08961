import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IPC_CHANNELS } from '@aufruf/shared/bridge/ipc';
import type { ShellCall } from '@aufruf/shared/bridge/shell-table';
import { refuse } from '@aufruf/shared/lib/result';

import { stationsSchema } from '@aufruf/shared/protocol/stations';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DesktopAppOptions, publicHubUrl, runDesktopApp } from './run-desktop-app.ts';
import { ASK_LOCATION_AGAIN_MS } from './setup/location-watch.ts';
import { both, counterKind, type OpenedTestDevice, stations, testAppOptions } from './test/app-options.ts';
import { createFakeElectron, type FakeBrowserWindow, type FakeElectron } from './test/fake-electron.ts';
import { fakeEvent } from './test/fake-event.ts';
import { createTestShellPlatform, type TestShellPlatform } from './test/test-shell-platform.ts';

const SET_UP = ['--hub', '10.0.0.5', '--station', 'kiosk-1'];

describe('runDesktopApp', () => {
  let folder: string;
  let fake: FakeElectron;
  let platform: TestShellPlatform;
  let devices: OpenedTestDevice[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-run-'));
    platform = createTestShellPlatform();
    devices = [];
    fake = createFakeElectron({ appData: folder });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(args: readonly string[] = SET_UP, options: Partial<DesktopAppOptions> = {}): void {
    runDesktopApp(fake.electron, {
      ...testAppOptions({ args, folder, platform, devices }),
      ...options,
    });
  }
  async function start(args?: readonly string[], options?: Partial<DesktopAppOptions>): Promise<FakeBrowserWindow> {
    run(args, options);
    await fake.becomeReady();
    return fake.windows[0] as FakeBrowserWindow;
  }
  const names = () => fake.calls.map(([name]) => name);
  const shell = (call: ShellCall, url = 'app://kiosk/setup.html') =>
    fake.ipc.openWindow(url).ipcRenderer.invoke(IPC_CHANNELS.call, 'shell', call);
  const settingsFile = () => join(folder, 'aufruf-kiosk', 'device.json');

  it('says all that has to be said before ready, and makes no window before', async () => {
    run();
    expect(names()).toEqual([
      'setPath',
      'enableSandbox',
      'appendSwitch',
      'appendSwitch',
      'registerSchemesAsPrivileged',
    ]);
    expect(fake.windows).toEqual([]);
    await fake.becomeReady();
    expect(fake.windows).toHaveLength(1);
  });

  it('a second instance quits and leaves the work to the first', async () => {
    fake = createFakeElectron({ appData: folder, isSecond: true });
    await start();
    expect(fake.isQuitting()).toBe(true);
    expect([fake.windows, devices]).toEqual([[], []]);
  });

  it('the first instance comes to the front when a second one is started', async () => {
    const window = await start();
    fake.app.emit('second-instance', {}, ['aufruf']);
    expect(window.shown).toBe(1);
    expect(names()).toContain('focus');
    fake.app.emit('second-instance', {}, ['aufruf', '--setup']);
    expect(window.urls.at(-1)).toBe('app://kiosk/setup.html');
  });

  it('a kiosk that is set up opens its device and its page, locked, awake and without a menu', async () => {
    const window = await start();
    expect(window.urls).toEqual(['app://kiosk/index.html']);
    expect(window.options.kiosk).toBe(true);
    expect(devices).toMatchObject([{ stationId: 'kiosk-1', hubUrl: 'http://10.0.0.5:4700' }]);
    expect(fake.menus).toEqual([null]);
    expect(fake.calls).toContainEqual(['powerSaveBlocker', 'prevent-display-sleep']);
  });

  it('a counter has an ordinary window with a menu for its keys, and may notify', async () => {
    const window = await start(['--hub', '10.0.0.5', '--station', 'counter-7'], { app: 'counter', kind: counterKind });
    expect(window.options).not.toHaveProperty('kiosk');
    const entries = fake.menus[0]?.flatMap(({ submenu }) => submenu as { accelerator?: string; role?: string }[]);
    expect(entries?.map(({ accelerator, role }) => accelerator ?? role)).toEqual(
      expect.arrayContaining(['CommandOrControl+Shift+B', 'copy', 'paste', 'resetZoom', 'quit']),
    );
    expect(names()).not.toContain('powerSaveBlocker');
    const answer = vi.fn();
    const details = { requestingUrl: 'app://counter/index.html', isMainFrame: true };
    fake.handlers.get('permissionRequest')?.(...([null, 'notifications', answer, details] as never[]));
    expect(answer).toHaveBeenCalledWith(true);
  });

  it('a packaged app has no developer tools, and lets none of their requests pass', async () => {
    fake = createFakeElectron({ appData: folder, isPackaged: true });
    const window = await start();
    expect(window.options.webPreferences?.devTools).toBe(false);
    const answer = vi.fn();
    const request = { url: 'devtools://devtools/bundled/x.js', resourceType: 'script' };
    fake.handlers.get('beforeRequest')?.(...([request, answer] as never[]));
    expect(answer).toHaveBeenCalledWith({ cancel: true });
  });

  it('a kiosk that somebody tries out in a window is not locked', async () => {
    const window = await start([...SET_UP, '--windowed']);
    expect(window.options).not.toHaveProperty('kiosk');
    const close = fakeEvent({});
    window.emit('close', close);
    expect(close.isPrevented).toBe(false);
  });

  it('a locked window closes only when the app or the system ends', async () => {
    const window = await start();
    const close = () => {
      const event = fakeEvent({});
      window.emit('close', event);
      return event.isPrevented;
    };
    expect(close()).toBe(true);
    window.emit('query-session-end', {});
    expect(close()).toBe(false);
  });

  it('a locked window closes when the app quits', async () => {
    const window = await start();
    fake.app.emit('before-quit', {});
    const event = fakeEvent({});
    window.emit('close', event);
    expect(event.isPrevented).toBe(false);
  });

  describe('data of a location of their own', () => {
    const inFolder = (locationId: string) => join(folder, 'aufruf-kiosk', 'data', locationId);
    const of = (id: string) => ({
      ok: true as const,
      value: stationsSchema.parse({ ...stations, location: { id, name: both(id) } }),
    });

    it('whether set up at the screen or by the command line; the hub names the location', async () => {
      await start();
      expect(devices).toMatchObject([{ folder: inFolder('mitte') }]);
      expect(JSON.parse(readFileSync(settingsFile(), 'utf8'))).toEqual({ format: 1, locationId: 'mitte' });
    });

    it('before the hub has answered for the first time there is none, after that at once', async () => {
      let answer: Awaited<ReturnType<DesktopAppOptions['ask']>> = refuse({ type: 'noAnswer' });
      const window = await start(SET_UP, { ask: async () => answer });
      expect([window.urls, devices]).toEqual([['app://kiosk/index.html'], []]);
      answer = of('mitte');
      platform.advance(ASK_LOCATION_AGAIN_MS);
      await vi.waitFor(() => expect(devices).toMatchObject([{ folder: inFolder('mitte') }]));
      fake = createFakeElectron({ appData: folder });
      run(SET_UP, { ask: () => new Promise(() => {}) });
      await fake.becomeReady();
      expect(devices).toHaveLength(2);
    });

    it('a device that was moved to another location leaves the older data where they are', async () => {
      await start();
      fake = createFakeElectron({ appData: folder });
      const window = await start(['--hub', '10.0.0.6', '--station', 'kiosk-1'], { ask: async () => of('nord') });
      expect(devices.map((each) => [each.folder, each.closed])).toEqual([
        [inFolder('mitte'), false],
        [inFolder('mitte'), true],
        [inFolder('nord'), false],
      ]);
      expect(platform.lines).toContain('warn: the hub is of another location than before');
      expect(window.urls).toEqual(['app://kiosk/index.html', 'app://kiosk/index.html']);
    });
  });

  it('guards every web contents, whoever makes it', async () => {
    await start();
    const { webContents } = fake.windows[0] as FakeBrowserWindow;
    expect(webContents.openHandler?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
  });

  describe('the set-up', () => {
    it('comes first where nothing is known', async () => {
      const window = await start([]);
      expect(window.urls).toEqual(['app://kiosk/setup.html']);
      expect(devices).toEqual([]);
    });

    it('is kept, starts the app, and counts at the next start', async () => {
      const window = await start([]);
      await shell({ name: 'findHub', address: '10.0.0.5' });
      await vi.waitFor(async () =>
        expect(await shell({ name: 'saveSetup', stationId: 'kiosk-1' })).toEqual({ ok: true, value: null }),
      );
      expect(window.urls.at(-1)).toBe('app://kiosk/index.html');
      expect(devices).toMatchObject([{ stationId: 'kiosk-1', folder: join(folder, 'aufruf-kiosk', 'data', 'mitte') }]);
      expect(JSON.parse(readFileSync(settingsFile(), 'utf8'))).toEqual({
        format: 1,
        hubUrl: 'http://10.0.0.5:4700',
        stationId: 'kiosk-1',
        locationId: 'mitte',
      });
      fake = createFakeElectron({ appData: folder });
      expect((await start([])).urls).toEqual(['app://kiosk/index.html']);
    });

    it('can be done again: the older device ends, the new one begins', async () => {
      const window = await start([...SET_UP, '--setup']);
      expect(window.urls).toEqual(['app://kiosk/setup.html']);
      await vi.waitFor(async () =>
        expect((await shell({ name: 'saveSetup', stationId: 'kiosk-1' })) as { ok: boolean }).toMatchObject({
          ok: true,
        }),
      );
      expect(devices.map(({ closed }) => closed)).toEqual([true, false]);
      expect(window.urls.at(-1)).toBe('app://kiosk/index.html');
    });

    it('can be left where it was done before, and not before', async () => {
      const window = await start([...SET_UP, '--setup']);
      await shell({ name: 'leaveSetup' });
      expect(window.urls.at(-1)).toBe('app://kiosk/index.html');
      expect(devices.map(({ closed }) => closed)).toEqual([false]);
      fake = createFakeElectron({ appData: folder });
      await start([]);
      expect(await shell({ name: 'leaveSetup' })).toMatchObject({ refusal: { type: 'notReady' } });
    });

    it('has a mouse pointer, where the app has none', async () => {
      const window = await start([...SET_UP, '--hide-cursor', '--setup']);
      window.webContents.emit('dom-ready');
      expect(window.webContents.css).toEqual([]);
      await shell({ name: 'leaveSetup' });
      window.webContents.emit('dom-ready');
      expect(window.webContents.css).toHaveLength(1);
    });

    it('opens by the staff\u2019s key', async () => {
      const window = await start();
      const key = { type: 'keyDown', key: 'S', code: 'KeyS', control: true, alt: true, shift: true, meta: false };
      window.webContents.emit('before-input-event', fakeEvent({}), key);
      expect(window.urls.at(-1)).toBe('app://kiosk/setup.html');
    });

    it('Bad input: a broken settings file means that it has to be done again', async () => {
      run();
      writeFileSync(settingsFile(), '{"format":1,"stationId":"../x"}');
      fake = createFakeElectron({ appData: folder });
      expect((await start([])).urls).toEqual(['app://kiosk/setup.html']);
      expect(platform.lines).toContain('warn: a file cannot be read');
    });

    it('Bad input: an option that makes no sense is logged, and the set-up asks', async () => {
      const window = await start(['--hub', 'ftp://x', '--station', 'kiosk-1']);
      expect(platform.lines).toContain('error: an option was ignored');
      expect(window.urls).toEqual(['app://kiosk/setup.html']);
    });
  });

  describe('the bar', () => {
    it('is the counter\u2019s, and its place is not kept', async () => {
      const window = await start(['--hub', '10.0.0.5', '--station', 'counter-7'], {
        app: 'counter',
        kind: counterKind,
      });
      const page = 'app://counter/index.html';
      expect(await shell({ name: 'toggleBar' }, page)).toEqual({ ok: true, value: null });
      expect(window.alwaysOnTop).toBe(true);
      window.emit('resize');
      window.emit('close', fakeEvent({}));
      const kept = JSON.parse(readFileSync(join(folder, 'aufruf-counter', 'window.json'), 'utf8'));
      expect(kept).toEqual({ x: 100, y: 100, width: 1_280, height: 800, isMaximized: false });
    });

    it('is refused elsewhere', async () => {
      await start();
      expect(await shell({ name: 'toggleBar' })).toMatchObject({ refusal: { type: 'notHere' } });
      expect(existsSync(join(folder, 'aufruf-kiosk', 'window.json'))).toBe(false);
    });
  });

  it('a counter\u2019s window comes back where it was', async () => {
    const options = { app: 'counter', kind: counterKind } as const;
    const args = ['--hub', '10.0.0.5', '--station', 'counter-7'];
    const first = await start(args, options);
    (first as { bounds: object }).bounds = { x: 300, y: 40, width: 900, height: 700 };
    (first as { maximized: boolean }).maximized = true;
    first.emit('move');
    platform.advance(1_000);
    fake = createFakeElectron({ appData: folder });
    const second = await start(args, options);
    expect(second.options).toMatchObject({ x: 300, y: 40, width: 900, height: 700 });
    second.emit('ready-to-show');
    expect([second.maximized, second.shown]).toEqual([true, 1]);
  });

  it('without a hub of its own it is gone at once', async () => {
    await start();
    fake.app.emit('window-all-closed');
    expect(names().at(-1)).toBe('quit');
    expect(devices[0]?.closed).toBe(true);
  });

  it('a start that fails is logged and ends the app', async () => {
    await start(SET_UP, {
      openDevice() {
        throw new Error('disk full');
      },
    });
    expect(platform.lines).toContain('error: the device cannot open its data');
    expect(names()).not.toContain('exit');
    fake = createFakeElectron({ appData: folder });
    Object.defineProperty(fake.electron, 'session', { value: {} });
    await start();
    expect(fake.calls).toContainEqual(['exit', 1]);
  });
});

it.each([
  ['http://127.0.0.1:4700', '192.168.7.20', 'http://192.168.7.20:4700'],
  ['http://localhost:4711', '192.168.7.20', 'http://192.168.7.20:4711'],
  ['http://[::1]:4700', '192.168.7.20', 'http://192.168.7.20:4700'],
  ['http://10.0.0.5:4700', '192.168.7.20', 'http://10.0.0.5:4700'],
  ['https://aufruf.example', null, 'https://aufruf.example'],
  ['http://127.0.0.1:4700', null, 'http://127.0.0.1:4700'],
])('phones reach %s (this machine: %s) at %s', (hubUrl, address, expected) => {
  expect(publicHubUrl(hubUrl, address)).toBe(expected);
});
