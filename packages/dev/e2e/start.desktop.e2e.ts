/**
 * `npm start` with windows: the command itself, with the stand-in launched as if it were Electron's binary. What leads up
 * to it (looking, fetching, falling back) is proved beside the code, in src/start-shell.test.ts and src/windows.
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserTest } from '@aufruf/dev/e2e-harness/browser-test';
import { root } from '@aufruf/dev/root';
import { debuggingEndpoint } from '@aufruf/dev/stand-in/debugging-endpoint';
import { SETTINGS_VARIABLE, type StandInSettings } from '@aufruf/dev/stand-in/settings';
import { contextIdOf } from '@aufruf/dev/stand-in/start-app';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, inject, onTestFinished } from 'vitest';

const SOURCES = join(root, 'packages', 'dev', 'src');

/** A folder as Electron's archives have it, whose executable runs an app on the stand-in. */
function standInDistribution(folder: string): string {
  const dist = join(folder, 'dist');
  mkdirSync(dist);
  const run = `"${process.execPath}" --disable-warning=ExperimentalWarning "${join(SOURCES, 'stand-in', 'run.ts')}"`;
  // Switches before the app's folder are Chromium's.
  const script = `#!/bin/sh\nwhile [ "\${1#--}" != "$1" ]; do shift; done\nexec ${run} "$@"\n`;
  writeFileSync(join(dist, 'electron'), script);
  chmodSync(join(dist, 'electron'), 0o755);
  return dist;
}

async function settingsFor(browser: Browser, context: BrowserContext, folder: string): Promise<StandInSettings> {
  return {
    endpoint: await debuggingEndpoint(browser),
    contextId: await contextIdOf(context),
    userData: join(folder, 'unused'),
    screen: { width: 1_280, height: 800 },
    locale: 'de-DE',
  };
}

describe.skipIf(process.platform === 'win32')('npm start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-start-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  browserTest(
    'opens kiosk, display and counter, set up without a question; each closes by itself, Ctrl-C ends them all',
    async ({ browser, skip }) => {
      if (inject('shell') !== 'stand-in') skip('real Electron would put its windows on this screen');
      const context = await browser.newContext({ locale: 'de-DE', reducedMotion: 'reduce' });
      onTestFinished(() => context.close());
      const settings = await settingsFor(browser, context, folder);
      const env = {
        ...process.env,
        INIT_CWD: folder,
        HOME: folder,
        DISPLAY: ':99',
        ELECTRON_OVERRIDE_DIST_PATH: standInDistribution(folder),
        [SETTINGS_VARIABLE]: JSON.stringify(settings),
      };
      const args = ['--port', '0', '--data', 'data', '--open-hours'];
      const start = spawn(process.execPath, [join(SOURCES, 'start.ts'), ...args], { env });
      let out = '';
      for (const stream of [start.stdout, start.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          out += chunk.toString();
        });
      }
      const ended = new Promise<number | null>((resolve) => start.once('close', resolve));
      onTestFinished(async () => {
        start.kill('SIGKILL');
        await ended;
      });

      const page = async (app: string): Promise<Page> => {
        const found = () => context.pages().find((each) => new URL(each.url()).host.startsWith(`${app}.`));
        await expect.poll(found, { timeout: 30_000, message: out }).toBeTruthy();
        return found() as Page;
      };
      const kiosk = await page('kiosk');
      const display = await page('display');
      const counter = await page('counter');
      expect(out).toContain('Opening 3 windows.');
      await kiosk.getByText('Worum geht es?').waitFor();
      await display.getByText('Im Moment kein Aufruf').waitFor();
      await counter.getByRole('button', { name: /^Schalter 1 frei/ }).click();
      await counter.getByText('Niemand wartet.').waitFor();
      for (const [app, station] of [
        ['kiosk', 'kiosk-1'],
        ['display', 'display-3'],
        ['counter', 'counter-1'],
      ] as const) {
        const databases = join(folder, 'data', 'aufruf-windows', app, 'data', 'hamburg-mitte');
        expect(existsSync(join(databases, `${station}.db`)), databases).toBe(true);
      }

      await display.close();
      await kiosk.getByRole('button', { name: 'Ausweis und Reisepass' }).waitFor();
      expect(start.exitCode).toBeNull();

      start.kill('SIGINT');
      expect(await ended).toBe(0);
      await expect.poll(() => context.pages().length).toBe(0);
    },
  );
});
