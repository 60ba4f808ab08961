/** What a page of a desktop app cannot do, tried from within the page itself. */
import { type Office, officeTest } from '@aufruf/dev/e2e-harness/office';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';

async function openKiosk(office: Office): Promise<Page> {
  const page = await office.open('kiosk');
  await page.getByRole('main').getByRole('button').first().waitFor();
  return page;
}

describe('A page of a desktop app', () => {
  officeTest(
    'Checklist 20: "Do not expose Electron APIs to untrusted web content": it has two functions and no Node',
    async ({ office }) => {
      const page = await openKiosk(office);
      const has = await page.evaluate(() => {
        const { aufruf, ...rest } = globalThis as unknown as Record<string, unknown>;
        return {
          bridge: Object.entries(aufruf as object).map(([name, value]) => [name, typeof value]),
          node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in rest),
        };
      });
      expect(has).toEqual({
        bridge: [
          ['call', 'function'],
          ['subscribe', 'function'],
        ],
        node: [],
      });
    },
  );

  officeTest(
    'Checklist 7: its policy lets no text become code, no connection out, nothing foreign in',
    async ({ office }) => {
      office.allowProblems(/Content Security Policy|Trusted|Refused to|violates the following|ERR_|blocked/i);
      const page = await openKiosk(office);
      const tried = await page.evaluate(async () => {
        const attempt = async (work: () => unknown): Promise<string> => {
          try {
            await work();
            return 'done';
          } catch {
            return 'refused';
          }
        };
        const loads = (element: HTMLScriptElement | HTMLImageElement) =>
          new Promise((resolve, reject) => {
            element.onload = resolve;
            element.onerror = reject;
            document.body.append(element);
          });
        // What the test itself evaluates may use eval; what comes after it may not.
        await new Promise((resolve) => setTimeout(resolve));
        return {
          // biome-ignore lint/security/noGlobalEval: this is the attack
          eval: await attempt(() => globalThis.eval('1')),
          markup: await attempt(() => {
            document.body.innerHTML = '<img src=x onerror=alert(1)>';
          }),
          fetch: await attempt(() => fetch('http://127.0.0.1:4700/health')),
          socket: await attempt(
            () =>
              new Promise((resolve, reject) => {
                const socket = new WebSocket('ws://127.0.0.1:4700/');
                socket.onopen = resolve;
                socket.onerror = reject;
              }),
          ),
          image: await attempt(() => loads(Object.assign(new Image(), { src: 'http://127.0.0.1:4700/x.png' }))),
          ownFile: await attempt(() => fetch('settings.json')),
        };
      });
      expect(new Set(Object.values(tried))).toEqual(new Set(['refused']));
    },
  );

  officeTest('Checklist 13, 14: it goes nowhere and opens nothing', async ({ office }) => {
    office.allowProblems(/ERR_|Not allowed|blocked/i);
    const page = await openKiosk(office);
    const before = page.url();
    const opened = await page.evaluate((url) => window.open(url) === null, `${office.url}/kiosk/`);
    expect(opened).toBe(true);
    await page.evaluate((url) => {
      location.href = url;
    }, `${office.url}/kiosk/`);
    await expect.poll(() => office.desktop(page).log()).toContain('a navigation was denied');
    expect(page.url()).toBe(before);
    expect(office.desktop(page).log()).toContain('a new window was denied');
    await page.getByRole('main').getByRole('button').first().waitFor();
  });

  officeTest('Checklist 5: it has no permission', async ({ office }) => {
    office.allowProblems(/Permissions policy violation/);
    const page = await openKiosk(office);
    const states = await page.evaluate(async () => {
      const ask = async (work: () => Promise<unknown>): Promise<string> =>
        work().then(
          () => 'granted',
          () => 'denied',
        );
      return [
        await ask(() => navigator.mediaDevices?.getUserMedia({ audio: true }) ?? Promise.reject()),
        await ask(() => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))),
        await Notification.requestPermission(),
      ];
    });
    expect(states).toEqual(['denied', 'denied', 'denied']);
  });
});
