import { describe, expect, it } from 'vitest';
import { chooseShell, launchDetached } from './start-shell.ts';

const url = 'http://localhost:4700';

function launchedOn(platform: NodeJS.Platform, env: Readonly<Record<string, string>>, wanted = true) {
  const launched: (readonly string[])[] = [];
  const launch = (command: string, args: readonly string[]) => void launched.push([command, ...args]);
  chooseShell(wanted, { platform, env, launch }).show(url);
  return launched;
}

describe('chooseShell', () => {
  it('opens the default browser where there is a desktop', () => {
    expect(launchedOn('linux', { DISPLAY: ':0' })).toEqual([['xdg-open', url]]);
    expect(launchedOn('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual([['xdg-open', url]]);
    expect(launchedOn('darwin', {})).toEqual([['open', url]]);
    expect(launchedOn('win32', {})).toEqual([['rundll32', 'url.dll,FileProtocolHandler', url]]);
  });

  it('opens nothing without a desktop, nor with --no-open', () => {
    expect(launchedOn('linux', {})).toEqual([]);
    expect(launchedOn('linux', { DISPLAY: ':0' }, false)).toEqual([]);
    expect(launchedOn('darwin', {}, false)).toEqual([]);
  });

  it('a browser that is missing does no harm', async () => {
    let harm: unknown = null;
    const note = (error: unknown) => {
      harm = error;
    };
    process.once('uncaughtException', note);
    launchDetached('/nowhere/browser', [url]);
    // The error of a program that is not there comes with the next turns of the event loop.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    process.off('uncaughtException', note);
    expect(harm).toBeNull();
  });
});
