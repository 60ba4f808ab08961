/** A desktop app that hosts the hub: as it is set up, as its command line says, or because a supervisor has made it the hub. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { config } from '@aufruf/shared/domain/views/test/fixtures';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { FromHubChild } from '@aufruf/shared/protocol/hub-child';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runDesktopApp } from './run-desktop-app.ts';
import { type OpenedTestDevice, testAppOptions } from './test/app-options.ts';
import { createFakeElectron, type FakeElectron } from './test/fake-electron.ts';
import { createTestShellPlatform, type TestShellPlatform } from './test/test-shell-platform.ts';

const SET_UP = ['--hub', '10.0.0.5', '--station', 'kiosk-1'];

describe('a hub of its own', () => {
  let folder: string;
  let fake: FakeElectron;
  let platform: TestShellPlatform;
  let devices: OpenedTestDevice[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-hub-'));
    platform = createTestShellPlatform();
    devices = [];
    fake = createFakeElectron({ appData: folder });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function start(args: readonly string[] = SET_UP): Promise<void> {
    runDesktopApp(fake.electron, testAppOptions({ args, folder, platform, devices }));
    await fake.becomeReady();
  }
  const names = () => fake.calls.map(([name]) => name);
  const settingsFile = () => join(folder, 'aufruf-kiosk', 'device.json');
  const tell = (message: FromHubChild) => fake.children.at(-1)?.emit('message', message);
  const HOSTING = ['--host-hub', '--location', 'mitte.json', '--station', 'kiosk-1'];

  it('runs in a process of its own, and this device is its first client', async () => {
    await start(HOSTING);
    expect(fake.children.map(({ file }) => file)).toEqual(['/out/main/hub.js']);
    expect(fake.children[0]?.sent).toMatchObject([
      { type: 'start', settings: { locationFile: join(folder, 'mitte.json'), host: '0.0.0.0', port: 4700 } },
    ]);
    expect(devices).toMatchObject([{ hubUrl: 'http://127.0.0.1:4700' }]);
  });

  it('keeps opening hours, unless the command line has it ignore them', async () => {
    await start(HOSTING);
    expect(fake.children[0]?.sent).toMatchObject([{ settings: { openAllDay: false } }]);
    fake = createFakeElectron({ appData: folder });
    await start([...HOSTING, '--open-hours']);
    expect(fake.children[0]?.sent).toMatchObject([{ settings: { openAllDay: true } }]);
  });

  it('M5: takes over under this device\u2019s name and address, if it is told to', async () => {
    await start([...HOSTING, '--hub-port', '4701', '--take-over']);
    expect(fake.children[0]?.sent).toMatchObject([
      { settings: { port: 4701, takeOver: { device: 'kiosk-1', address: 'http://192.168.7.20:4701' } } },
    ]);
  });

  it('M5: once its place is taken it takes over no more, whether its process or the app is started again', async () => {
    await start([...HOSTING, '--hub-port', '4701', '--take-over']);
    tell({ type: 'tookOver' });
    fake.children[0]?.emit('exit', 1);
    platform.advance(1_000);
    expect(fake.children[1]?.sent[0]).toEqual({
      type: 'start',
      settings: expect.not.objectContaining({ takeOver: expect.anything() }),
    });
    expect(JSON.parse(readFileSync(settingsFile(), 'utf8')).ownHub).toEqual({
      locationFile: join(folder, 'mitte.json'),
      port: 4701,
    });
  });

  describe('by a supervisor\u2019s command', () => {
    const PLACE = { device: 'kiosk-1' as DeviceId, address: 'http://192.168.7.20:4701' };
    const kept = () => JSON.parse(readFileSync(settingsFile(), 'utf8')).ownHub;
    const hubFile = () => join(folder, 'aufruf-kiosk', 'hub-location.json');
    async function takeOver() {
      await start();
      return devices[0]?.ownHub.takeOver(PLACE, config());
    }

    it('M5: the app keeps the configuration in force and the choice, and starts a hub at the address it names', async () => {
      expect(await takeOver()).toEqual({ ok: true, value: null });
      expect(JSON.parse(readFileSync(hubFile(), 'utf8'))).toEqual(JSON.parse(JSON.stringify(config())));
      const ownHub = { locationFile: hubFile(), port: 4701, takeOver: PLACE };
      expect(kept()).toEqual(ownHub);
      expect(fake.children.map(({ sent }) => sent)).toMatchObject([
        [{ type: 'start', settings: { ...ownHub, host: '0.0.0.0', openAllDay: false } }],
      ]);
      // The device goes on as it is: it follows like any other.
      expect(devices).toHaveLength(1);
    });

    it('M5: after a restart the app hosts the hub again, and is its first client', async () => {
      await takeOver();
      tell({ type: 'up', port: 4701 });
      tell({ type: 'tookOver' });
      expect(kept()).toEqual({ locationFile: hubFile(), port: 4701 });
      fake = createFakeElectron({ appData: folder });
      await start(['--station', 'kiosk-1']);
      expect(fake.children[0]?.sent).toMatchObject([{ settings: { locationFile: hubFile(), port: 4701 } }]);
      expect(devices.at(-1)).toMatchObject({ hubUrl: 'http://127.0.0.1:4701' });
    });

    it('M5: after a restart in the middle it goes on taking over', async () => {
      await takeOver();
      fake = createFakeElectron({ appData: folder });
      await start();
      expect(fake.children[0]?.sent).toMatchObject([{ settings: { takeOver: PLACE } }]);
    });

    it('M5: one that cannot be is given up: nothing is kept, and no hub is started again', async () => {
      await takeOver();
      tell({ type: 'refused', reason: 'portBusy', lines: ['Port 4701 is in use.'] });
      fake.children[0]?.emit('exit', 1);
      platform.advance(60_000);
      expect(devices[0]?.ownHub.status()).toEqual({ state: 'failed', failure: 'port' });
      expect([kept(), fake.children.length]).toEqual([undefined, 1]);
      fake.electron.app.quit();
      await vi.waitFor(() => expect(names().at(-1)).toBe('quit'));
    });

    it('M5: nor is one whose process breaks', async () => {
      await takeOver();
      fake.children[0]?.emit('exit', 139);
      platform.advance(60_000);
      expect(devices[0]?.ownHub.status()).toEqual({ state: 'failed', failure: 'unexpected' });
      expect([kept(), fake.children.length]).toEqual([undefined, 1]);
    });

    it('M5, S3: a disk that refuses the choice refuses the command', async () => {
      await start();
      rmSync(join(folder, 'aufruf-kiosk'), { recursive: true });
      writeFileSync(join(folder, 'aufruf-kiosk'), 'no folder');
      expect(devices[0]?.ownHub.takeOver(PLACE, config())).toMatchObject({ refusal: { type: 'storageFailed' } });
      expect(fake.children).toEqual([]);
    });
  });

  it('gets the time to end in good order before the app is gone', async () => {
    await start(HOSTING);
    fake.electron.app.quit();
    expect(names().at(-1)).toBe('quit postponed');
    expect(devices[0]?.closed).toBe(true);
    expect(fake.children[0]?.sent.at(-1)).toEqual({ type: 'stop' });
    fake.children[0]?.emit('exit', 0);
    await vi.waitFor(() => expect(names().at(-1)).toBe('quit'));
  });
});
