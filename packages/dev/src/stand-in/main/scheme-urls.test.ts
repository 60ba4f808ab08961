import { describe, expect, it } from 'vitest';
import { toAppUrl, toShownPolicy, toShownUrl } from './scheme-urls.ts';

const schemes = new Set(['app']);

describe('addresses of an app', () => {
  it.each([
    ['app://kiosk/index.html', 'http://kiosk.app.stand-in.localhost/index.html'],
    ['app://kiosk/a/b.html?c=1#d', 'http://kiosk.app.stand-in.localhost/a/b.html?c=1#d'],
    ['app://kiosk/', 'http://kiosk.app.stand-in.localhost/'],
    ['app://kiosk:99/x', 'http://kiosk.app.stand-in.localhost:99/x'],
  ])('%s is shown as %s, and the other way round', (url, shown) => {
    expect(toShownUrl(url, schemes)).toBe(shown);
    expect(toAppUrl(shown)).toBe(url);
  });

  it.each(['https://example.org/', 'http://localhost:4700/', 'file:///a', 'about:blank', 'other://kiosk/', ''])(
    'leaves %s alone',
    (url) => {
      expect(toShownUrl(url, schemes)).toBe(url);
      expect(toAppUrl(url)).toBe(url);
    },
  );

  it('says in a policy what it says of the scheme', () => {
    expect(toShownPolicy("default-src 'none'; script-src app: 'self'; img-src app://kiosk data:", schemes)).toBe(
      "default-src 'none'; script-src http://*.app.stand-in.localhost 'self'; img-src http://kiosk.app.stand-in.localhost data:",
    );
  });
});
