/** A desktop app on real Electron, driven by Playwright. Only where Electron's binary is. */
import { _electron, type Page } from 'playwright-core';
import { type ElectronSearch, findElectron } from '../windows/find-electron.ts';
import type { DesktopApp, DesktopStart } from './desktop-app.ts';

/** Why no real Electron can be started here; null where it can. */
export function electronProblem(found: ElectronSearch = findElectron()): string | null {
  if (found.ok) return null;
  const { type, reason } = found.refusal;
  const hint =
    type === 'notFetched' ? ' (node_modules/electron/path.txt), and ELECTRON_OVERRIDE_DIST_PATH names none' : '';
  return `real Electron is not here: ${reason}${hint}`;
}

/** @throws when it does not start */
export async function startElectronApp({ path, args, preparePage }: DesktopStart): Promise<DesktopApp> {
  const found = findElectron();
  if (!found.ok) throw new Error(found.refusal.reason);
  const isRoot = process.getuid?.() === 0;
  const launched = await _electron.launch({
    args: [...(isRoot ? ['--no-sandbox'] : []), path, ...args],
    locale: 'de-DE',
    executablePath: found.value,
  });
  const child = launched.process();
  let log = '';
  const keep = (chunk: Buffer): void => {
    log += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const prepared = new WeakSet<Page>();

  async function prepare(page: Page): Promise<Page> {
    if (prepared.has(page)) return page;
    prepared.add(page);
    await preparePage(page);
    // Playwright saw the page after it was opened: once more, with all in place.
    await page.reload();
    return page;
  }
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;

  return {
    pid: child.pid as number,
    page: async () => prepare(launched.windows().at(-1) ?? (await launched.firstWindow())),
    evaluate: (work, arg) => launched.evaluate(work as never, arg as never),
    log: () => log,
    ended,
    async stop() {
      // Quits the app: on Windows a signal would end it without a word.
      if (!hasEnded()) await launched.close();
    },
    async kill() {
      if (!hasEnded()) child.kill('SIGKILL');
      await ended;
    },
  };
}
