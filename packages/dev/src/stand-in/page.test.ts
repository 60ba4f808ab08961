/** What a page of an app is, may, and may not, on the stand-in. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished } from 'vitest';
import { EMPTY_PAGE, SHOW_PAGE, standInTest } from './test/stand-in-test.ts';

const log = () => (globalThis as unknown as { readonly log: readonly unknown[] }).log;

/** A server outside, which counts what reaches it. */
async function outside(): Promise<{ readonly url: string; readonly hits: string[] }> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('<title>outside</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, hits };
}

describe('a page of an app', () => {
  standInTest('comes from the handler of its scheme, under the handler’s policy', async ({ desk }) => {
    const { url, hits } = await outside();
    const { page } = await desk.open({
      main: SHOW_PAGE,
      files: {
        'pages/index.html': `<!doctype html><title>small</title><script src="own.js"></script><script>window.inline = 1</script>`,
        'pages/own.js': 'window.own = 1;',
      },
    });
    const found = await page.evaluate(async (away) => {
      const attempt = async (work: () => unknown) => {
        try {
          await work();
          return 'done';
        } catch (error) {
          return (error as Error).name;
        }
      };
      return {
        own: Reflect.get(window, 'own'),
        inline: Reflect.get(window, 'inline'),
        connection: await attempt(() => fetch(away)),
        markup: await attempt(() => {
          document.body.innerHTML = '<b>x</b>';
        }),
        isSecureContext,
      };
    }, url);
    expect(found).toEqual({
      own: 1,
      inline: undefined,
      connection: 'TypeError',
      markup: 'TypeError',
      isSecureContext: true,
    });
    expect(hits).toEqual([]);
  });

  standInTest('speaks with main, both ways, and main knows who speaks', async ({ desk }) => {
    const { app, page } = await desk.open({
      main: `${SHOW_PAGE}
        ipcMain.handle('add', (event, a, b) => {
          log.push([event.senderFrame.url, event.senderFrame.parent, event.senderFrame === event.sender.mainFrame, event.sender === window.webContents]);
          return { sum: a + b, at: new Date(7) };
        });
        ipcMain.handle('fail', () => { throw new RangeError('refused'); });
        ipcMain.on('say', (event, text) => event.sender.send('said', text, new Map([[1, text]])));`,
      preload: `
        const { contextBridge, ipcRenderer } = require('electron');
        let hear;
        ipcRenderer.once('said', (_event, text, map) => hear([text, map.get(1)]));
        contextBridge.exposeInMainWorld('api', {
          add: (a, b) => ipcRenderer.invoke('add', a, b), fail: () => ipcRenderer.invoke('fail'),
          say: (text) => new Promise((resolve) => { hear = resolve; ipcRenderer.send('say', text); }),
        });`,
    });
    const api = (call: string) => page.evaluate(`Promise.resolve(api.${call}).catch((error) => error.message)`);
    expect(await api('add(1, 2)')).toEqual({ sum: 3, at: new Date(7) });
    expect(await api('fail()')).toBe("Error invoking remote method 'fail': RangeError: refused");
    expect(await api("say('hello')")).toEqual(['hello', 'hello']);
    expect(await app.evaluate(log)).toEqual([['app://small/index.html', null, true, true]]);
  });

  standInTest('has a fresh preload after a reload', async ({ desk }) => {
    const { app, page } = await desk.open({
      main: `${SHOW_PAGE}
        ipcMain.on('hello', () => log.push('hello'));
        opened.then(() => window.webContents.on('did-finish-load', () => log.push('loaded')));`,
      preload: "require('electron').ipcRenderer.send('hello');",
    });
    await page.reload();
    await expect.poll(() => app.evaluate(log)).toEqual(['hello', 'hello', 'loaded']);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
    await expect.poll(() => app.evaluate(log)).toEqual(['hello', 'hello', 'loaded', 'hello', 'loaded']);
  });
});

const GUARDED = `${SHOW_PAGE}
  app.on('web-contents-created', (_event, contents) => {
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
      contents.on(name, (event) => {
        log.push(name + ' ' + event.url);
        if (!event.url.endsWith('other.html') || name === 'will-redirect') event.preventDefault();
      });
    contents.setWindowOpenHandler(({ url }) => { log.push('open ' + url); return { action: 'deny' }; });
  });`;

describe('a page that wants to go elsewhere', () => {
  standInTest('goes only where the app lets it', async ({ desk }) => {
    const { url, hits } = await outside();
    const { app, page } = await desk.open({
      main: GUARDED,
      files: { 'pages/other.html': '<!doctype html><title>other</title>' },
    });
    await page.evaluate((to) => location.assign(to), url);
    await expect.poll(() => app.evaluate(log)).toEqual([`will-frame-navigate ${url}`]);
    await page.evaluate(() => {
      location.href = 'other.html';
    });
    await expect.poll(() => page.title()).toBe('other');
    expect(await app.evaluate(log)).toEqual([
      `will-frame-navigate ${url}`,
      'will-frame-navigate app://small/other.html',
      'will-navigate app://small/other.html',
    ]);
    expect(hits).toEqual([]);
  });

  standInTest('is not sent on by a redirect that the app denies', async ({ desk }) => {
    const { app, page } = await desk.open({ main: GUARDED, files: { 'pages/other.html': EMPTY_PAGE } });
    const failure = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]
        ?.loadURL('app://small/away')
        .catch((error: Error) => error.message),
    );
    expect(failure).toBe("ERR_ABORTED (-3) loading 'app://small/away'");
    expect(await app.evaluate(log)).toEqual(['will-redirect app://small/other.html']);
    expect(page.url()).toContain('index.html');
  });

  standInTest('moves within itself as it likes, and so does whoever drives the browser', async ({ desk }) => {
    const { url, hits } = await outside();
    const { app, page } = await desk.open({ main: GUARDED });
    await page.evaluate(() => {
      location.hash = 'part';
    });
    await page.goto(url);
    expect(hits).toContain('/');
    expect(await app.evaluate(log)).toEqual([]);
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()))
      .toBe(url);
  });

  standInTest('opens no window, and nothing of one reaches the network', async ({ desk }) => {
    const { url, hits } = await outside();
    const { app, page } = await desk.open({
      main: GUARDED,
      files: { 'pages/index.html': `<!doctype html><title>small</title><a target="_blank" href="${url}link">link</a>` },
    });
    expect(await page.evaluate((to) => window.open(`${to}script`) === null, url)).toBe(true);
    await page.getByText('link').click();
    await expect.poll(() => app.evaluate(log)).toEqual([`open ${url}script`, `open ${url}link`]);
    expect(hits).toEqual([]);
    expect(page.context().pages()).toHaveLength(1);
  });

  standInTest('opens no window from its preload, either', async ({ desk }) => {
    const { app, page } = await desk.open({
      main: GUARDED,
      preload:
        "require('electron').contextBridge.exposeInMainWorld('openAside', () => { window.open('about:blank'); });",
    });
    await page.evaluate('openAside()');
    await expect.poll(() => app.evaluate(log)).toEqual(['open about:blank']);
    await expect.poll(() => page.context().pages().length).toBe(1);
  });

  standInTest('asks nowhere that the app cancels requests to', async ({ desk }) => {
    const { app, page } = await desk.open({
      main: `app.whenReady().then(() => session.defaultSession.webRequest.onBeforeRequest((details, answer) => {
          log.push(details.resourceType + ' ' + details.url);
          answer({ cancel: details.url.endsWith('.png') });
        }));
        ${SHOW_PAGE}`,
      files: { 'pages/index.html': '<!doctype html><title>small</title><img src="a.png">' },
    });
    await expect.poll(() => page.evaluate(() => document.images[0]?.complete)).toBe(true);
    expect(await page.evaluate(() => document.images[0]?.naturalWidth)).toBe(0);
    expect(await app.evaluate(log)).toEqual(['mainFrame app://small/index.html', 'image app://small/a.png']);
  });

  standInTest('downloads nothing that the app prevents', async ({ desk }) => {
    const { app, page } = await desk.open({
      main: `${SHOW_PAGE}
        opened.then(() => session.defaultSession.on('will-download', (event, item) => {
          event.preventDefault();
          log.push(item.getFilename());
        }));`,
      files: {
        'pages/index.html': '<!doctype html><title>small</title><a download="list.csv" href="data:text/csv,a">save</a>',
      },
    });
    await page.getByText('save').click();
    await expect.poll(() => app.evaluate(log)).toEqual(['list.csv']);
  });
});

describe('a page that asks for permissions and devices', () => {
  const ASKS = async () => {
    const ask = (work: Promise<unknown>) =>
      work.then(
        (answer) => (typeof answer === 'string' ? answer : 'granted'),
        (error: Error) => error.name,
      );
    return {
      notifications: await ask(Notification.requestPermission()),
      camera: await ask(navigator.mediaDevices.getUserMedia({ video: true })),
      state: (await navigator.permissions.query({ name: 'geolocation' })).state,
    };
  };

  standInTest('gets what the app’s handlers say, and they know who asks', async ({ desk }) => {
    const { app, page } = await desk.open({
      main: `app.whenReady().then(() => {
          session.defaultSession.setPermissionRequestHandler((contents, permission, answer, details) => {
            log.push([contents.getURL(), permission, details.mediaTypes ?? null, details.requestingUrl, details.isMainFrame]);
            answer(permission === 'notifications');
          });
          session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) =>
            permission === 'notifications' && origin === 'app://small/');
        });
        ${SHOW_PAGE}`,
    });
    expect(await page.evaluate(ASKS)).toEqual({ notifications: 'granted', camera: 'NotAllowedError', state: 'denied' });
    const url = 'app://small/index.html';
    expect(await app.evaluate(log)).toEqual([
      [url, 'notifications', null, url, true],
      [url, 'media', ['video'], url, true],
    ]);
  });

  standInTest('gets all where the app says nothing, as in Electron', async ({ desk }) => {
    const { page } = await desk.open({ main: SHOW_PAGE });
    expect(await page.evaluate(ASKS)).toMatchObject({ notifications: 'granted', state: 'granted' });
  });

  standInTest('gets no device, and the app was asked', async ({ desk }) => {
    const { app, page } = await desk.open({
      main: `${SHOW_PAGE}
        opened.then(() => {
          const deny = (event, ...rest) => { event.preventDefault(); log.push('asked'); rest.at(-1)(''); };
          for (const name of ['select-hid-device', 'select-usb-device', 'select-serial-port']) session.defaultSession.on(name, deny);
          window.webContents.on('select-bluetooth-device', deny);
        });`,
      files: { 'pages/index.html': '<!doctype html><title>small</title><button>choose</button>' },
    });
    await page.getByText('choose').click();
    const found = await page.evaluate(async () => {
      const devices = navigator as unknown as Record<string, Record<string, (options: object) => Promise<unknown>>>;
      const answer = (kind: string, method: string) =>
        devices[kind]
          ?.[method]?.({ filters: [], acceptAllDevices: true })
          .then(JSON.stringify, (error: Error) => error.name);
      return [
        await answer('hid', 'requestDevice'),
        await answer('usb', 'requestDevice'),
        await answer('serial', 'requestPort'),
      ];
    });
    expect(found).toEqual(['[]', 'NotFoundError', 'NotFoundError']);
    expect(await app.evaluate(log)).toEqual(['asked', 'asked', 'asked']);
  });
});

describe('a page that breaks', () => {
  standInTest('tells the app, which opens another in its place', async ({ desk }) => {
    const { app, page } = await desk.open({
      main: `${SHOW_PAGE}
        app.on('render-process-gone', (_event, contents, { reason }) => log.push('app ' + reason + ' ' + contents.isCrashed()));
        opened.then(() => window.webContents.on('render-process-gone', (_event, { reason }) => {
          log.push('window ' + reason);
          void window.loadURL('app://small/index.html').then(() => log.push('back'));
        }));`,
    });
    const session = await page.context().newCDPSession(page);
    void session.send('Page.crash').catch(() => {});
    await expect.poll(() => app.evaluate(log)).toEqual(['window crashed', 'app crashed true', 'back']);
    const next = await app.page();
    expect(next).not.toBe(page);
    expect(await next.locator('main').innerText()).toBe('here');
  });

  standInTest('can be ended by the app', async ({ desk }) => {
    const { app } = await desk.open({
      main: `${SHOW_PAGE}
        app.on('render-process-gone', (_event, _contents, { reason }) => log.push(reason));
        opened.then(() => window.webContents.forcefullyCrashRenderer());`,
    });
    await expect.poll(() => app.evaluate(log)).toEqual(['crashed']);
  });

  standInTest('says why it could not be loaded', async ({ desk }) => {
    const { app } = await desk.open({
      main: `${SHOW_PAGE}
        opened.then(() => window.webContents.on('did-fail-load', (_event, code, name, url, isMainFrame) => log.push([code, name, url, isMainFrame])));`,
    });
    const load = (url: string) =>
      app.evaluate(
        ({ BrowserWindow }, to) =>
          BrowserWindow.getAllWindows()[0]
            ?.loadURL(to)
            .then(
              () => 'loaded',
              ({ code, errno }) => [code, errno],
            ),
        url,
      );
    expect(await load('app://small/gone.html')).toEqual(['ERR_FAILED', -2]);
    expect(await load('other://small/')).toEqual(['ERR_UNKNOWN_URL_SCHEME', -301]);
    expect(await load('app://small/index.html')).toBe('loaded');
    expect(await app.evaluate(log)).toEqual([
      [-2, 'ERR_FAILED', 'app://small/gone.html', true],
      [-301, 'ERR_UNKNOWN_URL_SCHEME', 'other://small/', true],
    ]);
  });
});

standInTest('keys, styles and scripts of main reach the page', async ({ desk }) => {
  const { app, page } = await desk.open({
    main: `${SHOW_PAGE}
      opened.then(() => window.webContents.on('before-input-event', (_event, input) => {
        if (input.type === 'keyDown') log.push([input.key, input.code, input.control]);
      }));`,
  });
  await page.keyboard.press('Control+k');
  await expect
    .poll(() => app.evaluate(log))
    .toEqual([
      ['Control', 'ControlLeft', true],
      ['k', 'KeyK', true],
    ]);
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.insertCSS('main { color: rgb(1, 2, 3) }'),
  );
  expect(await page.locator('main').evaluate((main) => getComputedStyle(main).color)).toBe('rgb(1, 2, 3)');
  expect(
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.title'),
    ),
  ).toBe('small');
});
