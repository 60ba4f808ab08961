/** What real Electron punishes, the stand-in punishes, too: each fault in a small app of its own. */
import { describe, expect } from 'vitest';
import { SHOW_PAGE, standInTest } from './test/stand-in-test.ts';

/** Runs `work` and keeps the words of what it throws, for the test to read. */
const TRY = `
  const words = {};
  globalThis.words = words;
  const attempt = (name, work) => { try { words[name] = 'done: ' + work(); } catch (error) { words[name] = error.message; } };
`;
const words = () => (globalThis as unknown as { readonly words: Record<string, string> }).words;

describe('before ready', () => {
  standInTest('what needs a running app throws', async ({ desk }) => {
    const app = await desk.start({
      main: `${TRY}
        attempt('window', () => new BrowserWindow());
        attempt('session', () => session.defaultSession);
        attempt('handle', () => protocol.handle('app', () => new Response()));
        attempt('screen', () => screen.getPrimaryDisplay());
        attempt('shortcut', () => globalShortcut.register('F1', () => {}));
        attempt('utility', () => utilityProcess.fork('x.mjs'));`,
    });
    expect(await app.evaluate(words)).toEqual({
      window: 'Cannot create BrowserWindow before app is ready',
      session: 'Session can only be received when app is ready',
      handle: 'Session can only be received when app is ready',
      screen: "The 'screen' module can't be used before the app 'ready' event",
      shortcut: 'globalShortcut cannot be used before the app is ready',
      utility: 'utilityProcess cannot be created before app is ready.',
    });
  });

  standInTest('a main that awaits ready at its top level ends with the reason', async ({ desk }) => {
    const app = await desk.start({ main: 'await app.whenReady(); new BrowserWindow();' });
    expect(await app.ended).toBe(1);
    expect(app.log()).toContain('A top-level await of app.whenReady() hangs real Electron');
  });

  standInTest('a main that awaits something else at its top level is waited for', async ({ desk }) => {
    const app = await desk.start({
      main: `globalThis.words = {}; app.whenReady().then(() => { words.ready = globalThis.evaluated ?? 'too early'; });
        await new Promise((resolve) => setTimeout(resolve, 200)); globalThis.evaluated = 'after evaluation';`,
    });
    await expect.poll(() => app.evaluate(words)).toEqual({ ready: 'after evaluation' });
  });
});

describe('after ready', () => {
  standInTest('what has to be said before it throws', async ({ desk }) => {
    const app = await desk.start({
      main: `${TRY}
        app.whenReady().then(() => {
          attempt('schemes', () => protocol.registerSchemesAsPrivileged([{ scheme: 'app' }]));
          attempt('sandbox', () => app.enableSandbox());
          attempt('switch', () => app.commandLine.appendSwitch('x'));
        });`,
    });
    await expect
      .poll(() => app.evaluate(words))
      .toEqual({
        schemes: 'protocol.registerSchemesAsPrivileged should be called before app is ready',
        sandbox: 'app.enableSandbox() can only be called before app is ready',
        switch: "app.commandLine.appendSwitch('x') has no effect after ready",
      });
  });

  standInTest('a page of a scheme that is not standard and secure is refused', async ({ desk }) => {
    const app = await desk.start({
      main: `globalThis.words = {};
        app.whenReady().then(() => {
          protocol.handle('app', () => new Response('x'));
          return new BrowserWindow().loadURL('app://x/');
        }).catch((error) => { words.load = error.message; });`,
    });
    await expect
      .poll(() => app.evaluate(words))
      .toEqual({ load: expect.stringContaining('app: was not registered as standard and secure') });
  });
});

describe('a sandboxed preload', () => {
  standInTest('has no Node and can require nothing but electron', async ({ desk }) => {
    const { page } = await desk.open({
      main: SHOW_PAGE,
      preload: `
        const found = {};
        const attempt = (name, work) => { try { found[name] = 'done: ' + work(); } catch (error) { found[name] = error.message; } };
        attempt('fs', () => require('fs'));
        attempt('events', () => require('events'));
        attempt('Buffer', () => Buffer.from('x'));
        attempt('setImmediate', () => setImmediate(() => {}));
        attempt('global', () => global.x);
        attempt('dirname', () => __dirname);
        attempt('cwd', () => process.cwd());
        attempt('platform', () => typeof process.platform + ' ' + process.sandboxed);
        attempt('shell', () => require('electron').shell);
        attempt('sendSync', () => require('electron').ipcRenderer.sendSync('x'));
        require('electron').contextBridge.exposeInMainWorld('found', found);`,
    });
    expect(await page.evaluate(() => Reflect.get(window, 'found'))).toEqual({
      fs: 'module not found: fs (a sandboxed preload can require nothing but electron)',
      events: 'module not found: events (a sandboxed preload can require nothing but electron)',
      Buffer: 'Buffer is not defined',
      setImmediate: 'setImmediate is not defined',
      global: 'global is not defined',
      dirname: '__dirname is not defined',
      cwd: 'A sandboxed preload has no process.cwd, or the stand-in lacks it.',
      platform: 'done: string true',
      shell: "The stand-in has no require('electron').shell",
      sendSync: 'The stand-in has no ipcRenderer.sendSync',
    });
  });

  standInTest.for([
    ['that throws', "throw new Error('planted')", 'planted'],
    ['that is a module', "import { ipcRenderer } from 'electron'", 'Cannot use import statement outside a module'],
    ['that is no program', 'const = ;', 'Unexpected token'],
  ] as const)('one %s is reported, and the page comes without it', async ([, preload, reason], { desk }) => {
    const { app, page } = await desk.open({
      main: `${SHOW_PAGE}
        globalThis.words = {};
        app.on('web-contents-created', (_event, contents) =>
          contents.on('preload-error', (_error, file, error) => { words[file.split(/[\\\\/]/).at(-1)] = error.message; }));`,
      preload,
    });
    await expect.poll(() => app.evaluate(words)).toEqual({ 'preload.cjs': expect.stringContaining(reason) });
    expect(await page.locator('main').innerText()).toBe('here');
  });

  standInTest('its world is not the page’s', async ({ desk }) => {
    const { page } = await desk.open({
      main: SHOW_PAGE,
      preload: "globalThis.mine = 1; addEventListener('DOMContentLoaded', () => { document.title = 'seen'; });",
    });
    expect(await page.evaluate(() => ['mine', 'require', 'process'].filter((name) => name in window))).toEqual([]);
    await expect.poll(() => page.title()).toBe('seen');
  });
});

describe('the context bridge', () => {
  standInTest('lets nothing across that cannot be cloned', async ({ desk }) => {
    const { page } = await desk.open({
      main: SHOW_PAGE,
      preload: `
        const { contextBridge, ipcRenderer } = require('electron');
        const found = {};
        const expose = (name, api) => { try { contextBridge.exposeInMainWorld(name, api); found[name] = 'done'; } catch (error) { found[name] = error.message; } };
        expose('raw', ipcRenderer);
        expose('nested', { ipc: { ipcRenderer } });
        expose('symbol', { s: Symbol('x') });
        expose('weak', { w: new WeakMap() });
        expose('element', { e: document.createElement('a') });
        expose('twice', 1);
        expose('twice', 2);
        expose('location', {});
        contextBridge.exposeInMainWorld('found', found);`,
    });
    expect(await page.evaluate(() => Reflect.get(window, 'found'))).toEqual({
      raw: expect.stringContaining('cannot cross the contextBridge'),
      nested: expect.stringContaining('cannot cross the contextBridge'),
      symbol: 'An object could not be cloned.',
      weak: 'An object could not be cloned.',
      element: expect.stringContaining('no elements'),
      twice: 'Cannot bind an API on top of an existing property on the window object',
      location: 'Cannot bind an API on top of an existing property on the window object',
    });
  });

  standInTest('copies values, freezes what is exposed, and makes functions and promises proxies', async ({ desk }) => {
    const { page } = await desk.open({
      main: SHOW_PAGE,
      preload: `
        class Counter { n = 1; up() { return 2; } }
        const state = { list: [1] };
        require('electron').contextBridge.exposeInMainWorld('api', {
          state, counter: new Counter(), push: () => state.list.push(2),
          add: (a, b) => a + b, later: (x) => Promise.resolve(x * 2), fail: () => { throw new RangeError('no'); },
          failLater: () => Promise.reject(new Error('later')), back: (f) => f('from the preload'), when: new Date(5),
        });`,
    });
    const seen = await page.evaluate(async () => {
      // biome-ignore lint/suspicious/noExplicitAny: whatever the preload made it
      const { api } = window as any;
      api.push();
      const caught = (work: () => unknown) => {
        try {
          return work();
        } catch (error) {
          return `${(error as Error).name}: ${(error as Error).message}`;
        }
      };
      const later = await api.failLater().catch((error: Error) => error.message);
      return {
        list: api.state.list,
        method: typeof api.counter.up,
        own: api.counter.n,
        frozen: [api, api.state, api.state.list].every((part) => Object.isFrozen(part)),
        added: api.add(1, 2),
        doubled: await api.later(4),
        failed: caught(() => api.fail()),
        later,
        back: api.back((text: string) => `${text} and back`),
        when: api.when.getTime(),
        uncloneable: caught(() => api.add(Symbol('x'), 1)),
      };
    });
    expect(seen).toEqual({
      list: [1],
      method: 'undefined',
      own: 1,
      frozen: true,
      added: 3,
      doubled: 8,
      failed: 'RangeError: no',
      later: 'later',
      back: 'from the preload and back',
      when: 5,
      uncloneable: 'Error: An object could not be cloned.',
    });
  });
});

describe('messages', () => {
  standInTest('that cannot be cloned throw on either side', async ({ desk }) => {
    const { app, page } = await desk.open({
      main: `${SHOW_PAGE}
        globalThis.words = {};
        ipcMain.handle('uncloneable', () => ({ f() {} }));
        opened.then(() => { try { window.webContents.send('x', () => {}); } catch (error) { words.send = error.message; } });`,
      preload: `
        const { contextBridge, ipcRenderer } = require('electron');
        contextBridge.exposeInMainWorld('tries', {
          send: () => { try { ipcRenderer.send('x', { f() {} }); } catch (error) { return error.message; } },
          invoke: () => ipcRenderer.invoke('x', Symbol('x')).catch((error) => error.message),
          answer: () => ipcRenderer.invoke('uncloneable').catch((error) => error.message),
          nobody: () => ipcRenderer.invoke('nobody').catch((error) => error.message),
        });`,
    });
    const tries = (name: string) => page.evaluate((key) => Reflect.get(Reflect.get(window, 'tries'), key)(), name);
    expect(await tries('send')).toBe('An object could not be cloned.');
    expect(await tries('invoke')).toBe('An object could not be cloned.');
    expect(await tries('answer')).toBe(
      "Error invoking remote method 'uncloneable': Error: An object could not be cloned.",
    );
    expect(await tries('nobody')).toBe(
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    );
    await expect.poll(() => app.evaluate(words)).toEqual({ send: 'An object could not be cloned.' });
  });
});

describe('at the end', () => {
  standInTest('a destroyed window answers nothing, and no window is made after quit', async ({ desk }) => {
    const app = await desk.start({
      main: `${TRY}
        app.on('window-all-closed', () => {});
        app.on('will-quit', (event) => event.preventDefault());
        app.on('before-quit', () => setTimeout(() => {}));
        app.whenReady().then(() => {
          const window = new BrowserWindow();
          const contents = window.webContents;
          window.destroy();
          attempt('show', () => window.show());
          attempt('contents', () => window.webContents);
          attempt('send', () => contents.send('x'));
          attempt('gone', () => [window.isDestroyed(), contents.isDestroyed()].join());
          app.once('will-quit', () => attempt('window', () => new BrowserWindow()));
          app.quit();
        });`,
    });
    await expect
      .poll(() => app.evaluate(words))
      .toEqual({
        show: 'Object has been destroyed',
        contents: 'Object has been destroyed',
        send: 'Object has been destroyed',
        gone: 'done: true,true',
        window: 'Cannot create BrowserWindow after app.quit(): the app is ending.',
      });
  });
});

describe('what the stand-in lacks', () => {
  standInTest('it says, and never gives undefined', async ({ desk }) => {
    const app = await desk.start({
      main: `${TRY}
        attempt('module', () => new Notification());
        attempt('method', () => app.getGPUInfoThatNobodyHas());
        attempt('event', () => app.on('gpu-info-update', () => {}));
        attempt('path', () => app.getPath('music'));
        app.whenReady().then(() => {
          attempt('window', () => new BrowserWindow().setVibrancy('x'));
          attempt('unsafe', () => new BrowserWindow({ webPreferences: { sandbox: false } }));
          attempt('filter', () => session.defaultSession.webRequest.onBeforeRequest({ urls: [] }, () => {}));
          attempt('fork', () => utilityProcess.fork('x.mjs', [], { allowLoadingUnsignedLibraries: true }));
        });`,
    });
    await expect.poll(async () => Object.keys(await app.evaluate(words)).length).toBe(8);
    for (const [name, lacking] of Object.entries({
      module: 'Notification',
      method: 'app.getGPUInfoThatNobodyHas',
      event: 'event "gpu-info-update" of app',
      path: "app.getPath('music')",
      window: 'BrowserWindow.setVibrancy',
      unsafe: 'pages with sandbox: false',
      filter: 'filter of session.webRequest.onBeforeRequest',
      fork: 'option "allowLoadingUnsignedLibraries" of utilityProcess.fork',
    }))
      expect((await app.evaluate(words))[name]).toContain(`The stand-in has no ${lacking}`);
  });
});
