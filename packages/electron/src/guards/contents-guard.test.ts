import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isOwnUrl } from '../app-protocol.ts';
import { createFakeContents } from '../test/fake-electron.ts';
import { fakeEvent } from '../test/fake-event.ts';
import { createTestShellPlatform, type TestShellPlatform } from '../test/test-shell-platform.ts';
import { guardContents } from './contents-guard.ts';

describe('guardContents', () => {
  const page = 'app://kiosk/index.html';
  let platform: TestShellPlatform;
  let contents: ReturnType<typeof createFakeContents>;

  beforeEach(() => {
    platform = createTestShellPlatform();
    contents = createFakeContents(() => page);
    guardContents(contents, { log: platform.log, isOwn: (url) => isOwnUrl('kiosk', url) });
  });
  /** Whether the navigation was stopped. */
  function go(event: string, url: string, isMainFrame = true): boolean {
    const details = fakeEvent({ url, isMainFrame });
    contents.emit(event, details);
    return details.isPrevented;
  }

  describe('Checklist 13: "Disable or limit navigation"', () => {
    it.each([
      'https://example.org/',
      'http://127.0.0.1:4700/kiosk/',
      'file:///etc/passwd',
      'app://display/index.html',
      'app://kiosk/setup.html',
      'javascript:alert(1)',
      'data:text/html,x',
    ])('a page may not go to %s', (url) => {
      expect(go('will-navigate', url)).toBe(true);
      expect(platform.lines).toEqual(['warn: a navigation was denied']);
    });

    it('a page may reload itself', () => {
      expect(go('will-navigate', page)).toBe(false);
      expect(go('will-navigate', `${page}#top`)).toBe(false);
      expect(platform.lines).toEqual([]);
    });

    it('a frame goes nowhere, not even to our own page', () => {
      expect(go('will-frame-navigate', page, false)).toBe(true);
      expect(go('will-navigate', page, false)).toBe(true);
    });

    it('nothing is redirected, not even to our own page', () => {
      expect(go('will-redirect', page)).toBe(true);
      expect(platform.lines).toEqual(['warn: a redirect was denied']);
    });
  });

  it('Checklist 14: "Disable or limit creation of new windows": none is opened', () => {
    for (const url of [page, 'https://example.org/', 'about:blank'])
      expect(contents.openHandler?.({ url })).toEqual({ action: 'deny' });
    expect(platform.lines).toEqual(Array(3).fill('warn: a new window was denied'));
  });

  it('Checklist 12: "Verify WebView options before creation": none is created', () => {
    const event = fakeEvent({});
    contents.emit('will-attach-webview', event, {}, { src: 'https://example.org/' });
    expect(event.isPrevented).toBe(true);
    expect(platform.lines).toEqual(['warn: a web view was denied']);
  });

  it('Checklist 5: no Bluetooth device is chosen', () => {
    const event = fakeEvent({});
    const choose = vi.fn();
    contents.emit('select-bluetooth-device', event, [{ deviceId: 'a' }], choose);
    expect([event.isPrevented, choose.mock.calls]).toEqual([true, [['']]]);
  });
});
