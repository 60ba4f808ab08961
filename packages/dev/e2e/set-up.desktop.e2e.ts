/** A device's first start, its set-up, and what a desktop app does about what breaks. */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expectNoAxeFindings } from '@aufruf/dev/e2e-harness/expect-no-axe-findings';
import { officeTest } from '@aufruf/dev/e2e-harness/office';
import { root } from '@aufruf/dev/root';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';

const LOCATION_FILE = join(root, 'packages', 'dev', 'samples', 'tiny.json');
const NOTHING: readonly string[] = [];
/**
 * For something that broke to be there again. That it takes less than five seconds is proved by a virtual clock, in
 * packages/electron: recovery.test.ts, hub-host.test.ts. Here other tests may have the processor.
 */
const RESTORED = { timeout: 30_000, interval: 50 };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The kiosk itself, no longer its set-up, which has buttons too. */
async function expectServices(kiosk: Page): Promise<void> {
  await expect.poll(() => new URL(kiosk.url()).pathname).toBe('/index.html');
  await kiosk.getByRole('main').getByRole('button').first().waitFor();
}

describe('Set-up of a device', () => {
  officeTest(
    'a wrong address says so and keeps trying; the right one leads to the kiosk, for good',
    async ({ office }) => {
      const page = await office.open('kiosk', { args: NOTHING });
      await page.getByRole('heading', { name: 'Wartemarkenautomat einrichten' }).waitFor();
      await expectNoAxeFindings(page);
      const address = page.getByLabel('Adresse des Standortservers');
      const connect = page.getByRole('button', { name: 'Verbinden' });

      await address.fill('kein Rechner');
      await connect.click();
      await page.getByRole('alert').getByText('Das ist keine Adresse').waitFor();

      await address.fill(`127.0.0.1:${await freePort()}`);
      await connect.click();
      await page.getByText('antwortet niemand').waitFor();
      await page.getByText('Es wird weiter versucht').waitFor();

      await address.fill(new URL(office.url).host);
      await connect.click();
      await page.getByText('Verbunden mit').waitFor();
      await page.getByLabel('Welcher Automat ist das?').selectOption('kiosk-1');
      await expectNoAxeFindings(page);
      await page.getByRole('button', { name: 'Speichern und starten' }).click();
      await expectServices(page);

      await office.desktop(page).stop();
      await expectServices(await office.open('kiosk', { args: NOTHING }));
    },
  );

  officeTest('a hub that is not there yet is found once it is', async ({ office }) => {
    await office.killHub();
    const page = await office.open('display', { args: NOTHING });
    await page.getByLabel('Adresse des Standortservers').fill(new URL(office.url).host);
    await page.getByRole('button', { name: 'Verbinden' }).click();
    await page.getByText('antwortet niemand').waitFor();
    await office.startHub();
    await page.getByText('Verbunden mit').waitFor();
  });

  officeTest('an app hosts the hub, for its own window and for browsers', async ({ office }) => {
    const port = await freePort();
    const args = ['--host-hub', '--location', LOCATION_FILE, '--hub-port', String(port), '--station', 'counter-1'];
    const counter = await office.open('counter', { args });
    await counter.getByRole('heading').first().waitFor();
    await expect.poll(async () => (await fetch(`http://127.0.0.1:${port}/health`).catch(() => null))?.status).toBe(200);
    const pages = await Promise.all(
      ['kiosk', 'display', 'counter'].map((app) => fetch(`http://127.0.0.1:${port}/${app}/`)),
    );
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    await office.desktop(counter).stop();
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  });
});

describe('What breaks is restored', () => {
  officeTest.skipIf(process.platform === 'win32')(
    'M4: a hub that the app hosts is back by itself when it dies, and is noticed when it hangs',
    async ({ office }) => {
      const port = await freePort();
      const args = ['--host-hub', '--location', LOCATION_FILE, '--hub-port', String(port), '--open-hours'];
      const counter = await office.open('counter', { args: [...args, '--station', 'counter-1'] });
      const log = () => office.desktop(counter).log();
      const pids = () => [...log().matchAll(/"message":"the hub is up".*"pid":(\d+)/g)].map(([, pid]) => Number(pid));
      /** Resolves with the process of the n-th hub, once it serves. */
      const hub = async (nth: number): Promise<number> => {
        await expect.poll(() => pids().length, RESTORED).toBe(nth);
        await expect
          .poll(async () => (await fetch(`http://127.0.0.1:${port}/health`).catch(() => null))?.status)
          .toBe(200);
        return pids()[nth - 1] as number;
      };
      const first = await hub(1);
      process.kill(first, 'SIGKILL');
      const second = await hub(2);

      process.kill(second, 'SIGSTOP');
      expect(await hub(3)).not.toBe(second);
      expect(log()).toContain('the hub is stuck');
      expect(() => process.kill(second, 0)).toThrow();
      await counter.getByRole('button', { name: /frei$/ }).first().waitFor();
    },
  );

  officeTest('a page that crashes is back by itself, and knows what is going on', async ({ office }) => {
    const page = await office.open('kiosk');
    await page.getByRole('main').getByRole('button').first().waitFor();
    const desktop = office.desktop(page);
    await desktop.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await expect
      .poll(async () => {
        const next = await desktop.page();
        return next
          .getByRole('main')
          .getByRole('button')
          .count()
          .catch(() => 0);
      }, RESTORED)
      .toBeGreaterThan(0);
  });
});
