import { refuse } from '@aufruf/shared/lib/result';
import { describe, expect, it, vi } from 'vitest';
import { chooseShell, launchDetached, type ShellMachine, type ShellWish } from './start-shell.ts';
import { STARTED_MS, type WindowEnd, type WindowsOptions } from './windows/open-windows.ts';

const url = 'http://localhost:4700';
const office = {
  url,
  hubUrl: 'http://127.0.0.1:4700',
  config: { kiosks: [], displays: [], counters: [] },
  dataFolder: '/data',
};

function machineWith(change: Partial<ShellMachine> = {}) {
  const launched: (readonly string[])[] = [];
  const said: string[] = [];
  const opened: WindowsOptions[] = [];
  let stops = 0;
  const machine: ShellMachine = {
    platform: 'linux',
    env: { DISPLAY: ':0' },
    isRoot: false,
    launch: (command, args) => void launched.push([command, ...args]),
    say: (sentence) => void said.push(sentence),
    electronFolder: '/electron',
    findElectron: () => ({ ok: true, value: '/electron/dist/electron' }),
    fetchElectron: async () => refuse({ type: 'notFetched', reason: 'nobody should ask' }),
    openWindows: (options) => {
      opened.push(options);
      return {
        count: 3,
        async stop() {
          stops += 1;
        },
      };
    },
    ...change,
  };
  return { machine, launched, said, opened, stops: () => stops };
}

async function shown(wish: ShellWish, change: Partial<ShellMachine> = {}) {
  const made = machineWith(change);
  const shell = chooseShell(wish, made.machine);
  await shell.show(office);
  return { ...made, shell };
}

const notHere = () => refuse({ type: 'notFetched', reason: "Electron's binary is not here" } as const);

describe('chooseShell', () => {
  it.each(['linux', 'darwin', 'win32'] as const)('opens windows where Electron is here: %s', async (platform) => {
    const { opened, launched, said, shell, stops } = await shown('windows', { platform });
    expect(shell.needsDesktopApps).toBe(true);
    expect(opened).toMatchObject([
      {
        electron: '/electron/dist/electron',
        hubUrl: office.hubUrl,
        folder: expect.stringMatching(/data.aufruf-windows$/),
      },
    ]);
    expect(launched).toEqual([]);
    expect(said).toEqual(['Opening 3 windows. Each can be closed by itself; Ctrl-C ends them all.']);
    await shell.stop();
    expect(stops()).toBe(1);
  });

  it('fetches what can be fetched, then opens windows', async () => {
    let isHere = false;
    const { opened, said } = await shown('windows', {
      findElectron: () => (isHere ? { ok: true, value: '/fetched' } : notHere()),
      fetchElectron: async ({ onBegin }) => {
        onBegin();
        isHere = true;
        return { ok: true, value: null };
      },
    });
    expect(opened).toMatchObject([{ electron: '/fetched' }]);
    expect(said[0]).toBe('Fetching Electron for the windows (once, about 100 MB) ...');
  });

  it('falls back to the browser with one sentence where it cannot be fetched', async () => {
    const { opened, launched, said } = await shown('windows', {
      findElectron: notHere,
      fetchElectron: async () => refuse({ type: 'notFetched', reason: 'github.com does not answer' }),
    });
    expect(opened).toEqual([]);
    expect(launched).toEqual([['xdg-open', url]]);
    expect(said).toEqual([
      'No windows, since Electron could not be fetched (github.com does not answer): the screens open in the browser.',
    ]);
  });

  it('fetches nothing where somebody has named another folder, or the package is not installed', async () => {
    for (const type of ['overrideEmpty', 'noPackage'] as const) {
      const { said, launched } = await shown('windows', {
        findElectron: () => refuse({ type, reason: 'it is not there' }),
      });
      expect(said).toEqual(['No windows, since it is not there: the screens open in the browser.']);
      expect(launched).toHaveLength(1);
    }
  });

  it('without a desktop it neither fetches nor opens anything, and says so', async () => {
    const { opened, launched, said, shell } = await shown('windows', { env: {}, findElectron: notHere });
    expect([opened, launched, shell.needsDesktopApps]).toEqual([[], [], false]);
    expect(said).toEqual(['There is no desktop here for windows: open the addresses above in a browser.']);
  });

  it('--web opens the default browser where there is a desktop, and says nothing', async () => {
    const launchedOn = async (platform: NodeJS.Platform, env: Readonly<Record<string, string>>) => {
      const { launched, said, opened } = await shown('browser', { platform, env });
      expect([said, opened]).toEqual([[], []]);
      return launched;
    };
    expect(await launchedOn('linux', { DISPLAY: ':0' })).toEqual([['xdg-open', url]]);
    expect(await launchedOn('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual([['xdg-open', url]]);
    expect(await launchedOn('darwin', {})).toEqual([['open', url]]);
    expect(await launchedOn('win32', {})).toEqual([['rundll32', 'url.dll,FileProtocolHandler', url]]);
    expect(await launchedOn('linux', {})).toEqual([]);
  });

  it('--no-open opens nothing', async () => {
    const { launched, said, opened } = await shown('nothing');
    expect([launched, said, opened]).toEqual([[], [], []]);
  });

  it('who presses Ctrl-C while it is fetched gets no windows after', async () => {
    const { promise, resolve } =
      Promise.withResolvers<ReturnType<typeof refuse<{ type: 'notFetched'; reason: string }>>>();
    let signal: AbortSignal | null = null;
    const { machine, opened, launched } = machineWith({
      findElectron: notHere,
      fetchElectron: (options) => {
        signal = options.signal;
        return promise;
      },
    });
    const shell = chooseShell('windows', machine);
    const showing = shell.show(office);
    await shell.stop();
    expect((signal as AbortSignal | null)?.aborted).toBe(true);
    resolve(refuse({ type: 'notFetched', reason: 'ended' }));
    await showing;
    expect([opened, launched]).toEqual([[], []]);
  });

  describe('windows that end', () => {
    const end = (app: WindowEnd['app'], left: number, more: Partial<WindowEnd> = {}): WindowEnd => ({
      app,
      problem: null,
      isEarly: false,
      left,
      ...more,
    });
    async function after(...ends: readonly WindowEnd[]) {
      vi.useFakeTimers();
      try {
        const { opened, said, launched } = await shown('windows');
        said.length = 0;
        for (const each of ends) opened[0]?.onEnd(each);
        vi.advanceTimersByTime(STARTED_MS);
        return { said, launched };
      } finally {
        vi.useRealTimers();
      }
    }

    it('one that somebody closes is nobody else\u2019s business; the last one is told', async () => {
      expect((await after(end('kiosk', 2))).said).toEqual([]);
      const all = await after(end('kiosk', 2), end('display', 1), end('counter', 0));
      expect(all.said).toEqual([`All windows are closed; the hub goes on at ${url}`]);
    });

    it('one that breaks is told, with its address', async () => {
      const broken = { problem: 'SIGSEGV' };
      for (const isEarly of [false, true]) {
        const { said, launched } = await after(end('kiosk', 2, { ...broken, isEarly }));
        expect(said).toEqual([`The kiosk has ended (SIGSEGV). It is also at ${url}/kiosk`]);
        expect(launched).toEqual([]);
      }
    });

    it('an Electron that does not start at all is one sentence, and the browser', async () => {
      const broken = { problem: 'exit code 127: libnss3.so: cannot open', isEarly: true };
      const { said, launched } = await after(
        end('kiosk', 2, broken),
        end('counter', 1, broken),
        end('display', 0, broken),
      );
      expect(said).toEqual([
        'No windows, since Electron does not start (exit code 127: libnss3.so: cannot open): the screens open in the browser.',
      ]);
      expect(launched).toEqual([['xdg-open', url]]);
    });
  });
});

describe('launchDetached', () => {
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
