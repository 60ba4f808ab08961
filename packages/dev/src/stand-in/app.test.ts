/** The life of an app on the stand-in: start, windows, second instance, children, end. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { SHOW_PAGE, standInTest } from './test/stand-in-test.ts';

const log = () => (globalThis as unknown as { readonly log: readonly unknown[] }).log;

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('an app', () => {
  standInTest('knows what it is', async ({ desk }) => {
    const folder = desk.folder();
    const app = await desk.start({
      folder,
      args: ['--station=kiosk-1', 'word'],
      main: `globalThis.log = [process.argv.slice(2), app.commandLine.getSwitchValue('station'), process.type,
        typeof process.versions.electron, app.isPackaged];`,
    });
    expect(await app.evaluate(log)).toEqual([['--station=kiosk-1', 'word'], 'kiosk-1', 'browser', 'string', false]);
    const known = await app.evaluate(({ app: { getName, getVersion, getAppPath, getPath, getLocale } }) => [
      getName(),
      getVersion(),
      getAppPath(),
      getPath('userData'),
      getLocale(),
    ]);
    expect(known).toEqual(['small', '1.2.3', folder, join(folder, 'data'), 'de-DE']);
    expect(existsSync(join(folder, 'data'))).toBe(true);
  });

  standInTest('has its main’s words in its log, and ends with what it threw', async ({ desk }) => {
    const app = await desk.start({ main: "console.log('begun'); throw new Error('planted');" });
    expect(await app.ended).toBe(1);
    expect(app.log()).toContain('begun');
    expect(app.log()).toContain('planted');
  });

  standInTest('can be required, too, and by a dynamic import', async ({ desk }) => {
    const app = await desk.start({
      main: `import { createRequire } from 'node:module';
        const required = createRequire(import.meta.url)('electron');
        const imported = await import('electron/main');
        globalThis.log = [required.app === app, imported.app === app, imported.default.app === app];`,
    });
    expect(await app.evaluate(log)).toEqual([true, true, true]);
  });
});

describe('windows', () => {
  standInTest('have the size they were made with, a kiosk the whole screen', async ({ desk }) => {
    const { app, page } = await desk.open({
      main: `${SHOW_PAGE.replace('webPreferences: {', 'kiosk: true, show: false, webPreferences: { spellcheck: false,')}
        opened.then(() => window.once('show', () => log.push('shown')));
        opened.then(() => window.show());`,
      screen: { width: 1080, height: 1920 },
    });
    const size = () => page.evaluate(() => [innerWidth, innerHeight]);
    expect(await size()).toEqual([1080, 1920]);
    const state = () =>
      app.evaluate(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows()[0];
        return [window?.isKiosk(), window?.isFullScreen(), window?.isVisible()];
      });
    await expect.poll(state).toEqual([true, true, true]);
    await app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.setKiosk(false);
      window?.setMinimumSize(500, 100);
      window?.setBounds({ x: 1, y: 2, width: 400, height: 300 });
    });
    await expect.poll(size).toEqual([500, 300]);
    expect((await app.records()).find(({ api }) => api === 'new BrowserWindow')?.args).toMatchObject([
      { kiosk: true, webPreferences: { spellcheck: false } },
    ]);
    expect(await app.evaluate(log)).toEqual(['shown']);
  });

  standInTest('what nobody can see of an app is recorded', async ({ desk }) => {
    const app = await desk.start({
      main: `app.whenReady().then(() => {
        const id = powerSaveBlocker.start('prevent-display-sleep');
        globalThis.log = [powerSaveBlocker.isStarted(id), screen.getPrimaryDisplay().bounds.width];
        Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'View', submenu: [{ id: 'bar', label: 'Bar', click: () => log.push('clicked') }] }]));
        Menu.getApplicationMenu().getMenuItemById('bar').click();
        dialog.showErrorBox('title', 'text');
        globalShortcut.register('F1', () => {});
        globalThis.log.push('done');
      });`,
    });
    await expect.poll(() => app.evaluate(log)).toEqual([true, 1280, 'clicked', 'done']);
    expect(await app.records()).toEqual([
      { api: 'powerSaveBlocker.start', args: ['prevent-display-sleep'] },
      {
        api: 'Menu.setApplicationMenu',
        args: [expect.objectContaining({ items: [expect.objectContaining({ label: 'View' })] })],
      },
      { api: 'dialog.showErrorBox', args: ['title', 'text'] },
      { api: 'globalShortcut.register', args: ['F1'] },
    ]);
  });
});

describe('a second instance', () => {
  const SINGLE = `
    globalThis.log = [];
    if (app.requestSingleInstanceLock({ from: process.argv.at(-1) })) {
      app.on('second-instance', (_event, argv, folder, data) => log.push([argv.at(-1), folder, data]));
    } else { console.log('second'); app.quit(); }`;

  standInTest('ends, and the first is told how it was started', async ({ desk }) => {
    const folder = desk.folder();
    const first = await desk.start({ main: SINGLE, folder });
    await expect.poll(() => first.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
    const second = await desk.start({ main: SINGLE, folder, args: ['--setup'] });
    expect(await second.ended).toBe(0);
    expect(second.log()).toContain('second');
    await expect.poll(() => first.evaluate(log)).toEqual([['--setup', process.cwd(), { from: '--setup' }]]);
  });

  standInTest('starts as the first where that one was killed', async ({ desk }) => {
    const folder = desk.folder();
    const first = await desk.start({ main: SINGLE, folder });
    await expect.poll(() => first.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
    await first.kill();
    const next = await desk.start({ main: SINGLE, folder });
    await expect.poll(() => next.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
  });
});

describe('the end of an app', () => {
  const STEPS = `${SHOW_PAGE}
    for (const name of ['before-quit', 'will-quit', 'quit', 'window-all-closed']) app.on(name, () => console.log(name));
    app.on('browser-window-created', (_event, made) => {
      for (const name of ['close', 'closed']) made.on(name, () => console.log(name));
    });`;
  const steps = (text: string) => text.split('\n').filter((line) => /^(before-|will-)?quit$|^close|^window/.test(line));

  standInTest('goes step by step, and takes its pages with it', async ({ desk }) => {
    const { app, page } = await desk.open({ main: STEPS });
    await app.stop();
    expect(await app.ended).toBe(0);
    expect(steps(app.log())).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'quit']);
    expect(page.isClosed()).toBe(true);
  });

  standInTest('a page that closes itself closes its window, and the last window the app', async ({ desk }) => {
    const { app, page } = await desk.open({ main: SHOW_PAGE });
    await page.close();
    expect(await app.ended).toBe(0);
  });

  standInTest('a window that stays keeps the app', async ({ desk }) => {
    const { app } = await desk.open({
      main: `${SHOW_PAGE} opened.then(() => window.on('close', (event) => { event.preventDefault(); log.push('stays'); }));`,
    });
    await app.evaluate(({ app }) => app.quit());
    expect(await app.evaluate(log)).toEqual(['stays']);
    await app.evaluate(({ app }) => app.exit(7)).catch(() => {});
    expect(await app.ended).toBe(7);
  });
});

describe('a utility process', () => {
  const HOST = `
    globalThis.log = [];
    app.on('child-process-gone', (_event, { type, reason, name }) => log.push([type, reason, name]));
    app.whenReady().then(() => {
      globalThis.child = utilityProcess.fork(join(import.meta.dirname, 'child.mjs'), ['arg'], { serviceName: 'small-child' });
      child.on('message', (message) => log.push(message));
      child.on('exit', (code) => log.push('exit ' + code));
      child.postMessage({ at: new Date(3) });
    });`;
  const CHILD = `
    process.parentPort.on('message', ({ data }) => {
      if (data === 'end') process.exit(3);
      if (data === 'crash') process.kill(process.pid, 'SIGSEGV');
      process.parentPort.postMessage([data.at, process.argv.at(-1), process.type, typeof process.send, process.pid]);
    });`;
  const childPid = async (app: { evaluate(work: typeof log): Promise<readonly unknown[]> }): Promise<number> => {
    await expect.poll(() => app.evaluate(log)).toHaveLength(1);
    return ((await app.evaluate(log))[0] as unknown[]).at(-1) as number;
  };
  const tell = (_electron: unknown, message: string): void =>
    (globalThis as unknown as { readonly child: { postMessage(text: string): void } }).child.postMessage(message);

  standInTest('is a process of its own, heard and told', async ({ desk }) => {
    const app = await desk.start({ main: HOST, files: { 'child.mjs': CHILD } });
    const pid = await childPid(app);
    expect(pid).not.toBe(app.pid);
    expect(await app.evaluate(log)).toEqual([[new Date(3), 'arg', 'utility', 'undefined', pid]]);
    await app.evaluate(tell, 'end');
    await expect
      .poll(async () => (await app.evaluate(log)).slice(1))
      .toEqual(['exit 3', ['Utility', 'abnormal-exit', 'small-child']]);
  });

  standInTest('that crashes is said to have', async ({ desk }) => {
    const app = await desk.start({ main: HOST, files: { 'child.mjs': CHILD } });
    await childPid(app);
    await app.evaluate(tell, 'crash');
    await expect.poll(async () => (await app.evaluate(log)).slice(2)).toEqual([['Utility', 'crashed', 'small-child']]);
  });

  standInTest('never outlives its app, however that ends', async ({ desk }) => {
    const app = await desk.start({ main: HOST, files: { 'child.mjs': CHILD } });
    const pid = await childPid(app);
    await app.kill();
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(isRunning(app.pid)).toBe(false);
  });
});
