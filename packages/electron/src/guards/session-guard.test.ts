import type { Session } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isOwnUrl } from '../app-protocol.ts';
import { createFakeElectron, type FakeElectron } from '../test/fake-electron.ts';
import { fakeEvent } from '../test/fake-event.ts';
import { createTestShellPlatform, type TestShellPlatform } from '../test/test-shell-platform.ts';
import { guardSession } from './session-guard.ts';

describe('guardSession', () => {
  let fake: FakeElectron;
  let platform: TestShellPlatform;
  const guard = (permissions: readonly string[] = []) =>
    guardSession(fake.session as unknown as Session, {
      log: platform.log,
      permissions,
      isOwn: (url) => isOwnUrl('counter', url),
      schemes: ['app:', 'data:'],
    });
  const call = (name: string, ...args: unknown[]) => fake.handlers.get(name)?.(...(args as never[]));
  const page = 'app://counter/index.html';

  beforeEach(() => {
    fake = createFakeElectron({ appData: '/' });
    platform = createTestShellPlatform();
  });

  describe('Checklist 5: "Handle session permission requests from remote content"', () => {
    it.each([
      'media',
      'geolocation',
      'notifications',
      'midi',
      'fullscreen',
      'pointerLock',
      'openExternal',
      'clipboard-read',
      'hid',
      'serial',
      'usb',
      'window-management',
      'fileSystem',
      'unknown',
    ])('%s is denied, in request and check, and logged', (permission) => {
      guard();
      const answer = vi.fn();
      call('permissionRequest', null, permission, answer, { requestingUrl: page, isMainFrame: true });
      expect(answer).toHaveBeenCalledExactlyOnceWith(false);
      expect(call('permissionCheck', null, permission, 'app://counter', { requestingUrl: page })).toBe(false);
      expect(platform.lines).toEqual(['warn: a permission was denied']);
    });

    it.each([
      ['its own page', page, true, true],
      ['a frame', page, false, false],
      ['another page', 'https://example.org/', true, false],
    ])('what an app may have, %s may: %s', (_who, requestingUrl, isMainFrame, granted) => {
      guard(['notifications']);
      const answer = vi.fn();
      call('permissionRequest', null, 'notifications', answer, { requestingUrl, isMainFrame });
      expect(answer).toHaveBeenCalledExactlyOnceWith(granted);
    });

    it('devices, pairing, choosers and screen captures are denied and logged', () => {
      guard(['notifications']);
      expect(call('devicePermission', { deviceType: 'hid', origin: 'app://counter' })).toBe(false);
      const pair = vi.fn();
      call('bluetoothPairing', {}, pair);
      expect(pair).toHaveBeenCalledWith({ confirmed: false });
      const capture = vi.fn();
      call('displayMedia', {}, capture);
      expect(capture).toHaveBeenCalledWith({});
      for (const chooser of ['select-hid-device', 'select-usb-device', 'select-serial-port']) {
        const event = fakeEvent({});
        const choose = vi.fn();
        fake.session.emit(chooser, event, {}, choose);
        expect([event.isPrevented, choose.mock.calls]).toEqual([true, [['']]]);
      }
      expect(platform.lines).toHaveLength(6);
    });
  });

  it('a download is denied and logged', () => {
    guard();
    const event = fakeEvent({});
    fake.session.emit('will-download', event, { getURL: () => 'app://counter/index.html' });
    expect(event.isPrevented).toBe(true);
    expect(platform.lines).toEqual(['warn: a download was denied']);
  });

  it.each([
    ['app://counter/assets/index.js', false],
    ['data:,', false],
    ['https://example.org/', true],
    ['http://127.0.0.1:4700/', true],
    ['ws://127.0.0.1:4700/', true],
    ['file:///etc/passwd', true],
    ['blob:app://counter/1', true],
  ])('Checklist 1: "Only load secure content": the request %s is cancelled: %s', (url, cancel) => {
    guard();
    const answer = vi.fn();
    call('beforeRequest', { url, resourceType: 'script' }, answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel });
    expect(platform.lines).toHaveLength(cancel ? 1 : 0);
  });
});
