/** Desktop apps, and stations in browsers, without a hub, seen from the screens: numbers go on, calls go on, and nothing is lost or doubled after. */
import { expectNoAxeFindings } from '@aufruf/dev/e2e-harness/expect-no-axe-findings';
import { officeTest } from '@aufruf/dev/e2e-harness/office';
import {
  calledNumbers,
  currentNumber,
  drawTicket,
  serveAndFinish,
  signIn,
  touch,
  untilMode,
  waitingNumbers,
} from '@aufruf/dev/e2e-harness/steps';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';

const GROUP = 'Ausweis und Reisepass';
const SERVICE = 'Personalausweis beantragen';
/** The reserve span of the sample location: what kiosks give without the hub. */
const RESERVE = /^A[67]\d\d$/;

const OWN = { hasEngine: true } as const;

async function callByNumber(counter: Page, number: string): Promise<void> {
  await counter.keyboard.press('/');
  await counter.keyboard.type(number);
  await counter.getByRole('dialog').getByText(`${number}: ${SERVICE}`).waitFor();
  await counter.keyboard.press('Enter');
  await currentNumber(counter, number);
}

describe('Without the hub', () => {
  officeTest(
    'M3: the kiosk goes on giving numbers, the counter goes on calling, and with the hub everything is there once, in order',
    async ({ office }) => {
      const kiosk = await office.open('kiosk', OWN);
      const display = await office.open('display', { ...OWN, station: 'display-3' });
      const counter = await office.open('counter', { ...OWN, setUpAs: 'counter-3' });
      await signIn(counter, 'Schalter 3');
      const before = [
        await drawTicket(kiosk, GROUP, SERVICE),
        await drawTicket(kiosk, GROUP, SERVICE),
        await drawTicket(kiosk, GROUP, SERVICE),
      ];
      expect(before).toEqual(['A001', 'A002', 'A003']);
      await expect.poll(() => waitingNumbers(counter)).toEqual(before);

      await office.killHub();
      await counter.getByText(/Keine Verbindung zum Standortserver seit \d\d:\d\d/).waitFor();
      await display.getByRole('alert').filter({ hasText: 'nicht aktuell' }).waitFor();
      const alone = [await drawTicket(kiosk, GROUP, SERVICE), await drawTicket(kiosk, GROUP, SERVICE)];
      alone.push(await drawTicket(kiosk, GROUP, SERVICE, { stay: true }));
      await kiosk.getByText('5 Personen sind vor Ihnen').waitFor();
      // The page that a phone would open is the hub's.
      expect(await kiosk.getByRole('img', { name: /QR-Code/ }).count()).toBe(0);
      await expectNoAxeFindings(kiosk);
      await touch(kiosk, 'Fertig');
      expect(new Set(alone).size).toBe(3);
      for (const number of alone) expect(number).toMatch(RESERVE);

      // By typed number, out of turn: M3 asks nobody for that.
      await callByNumber(counter, 'A002');
      await serveAndFinish(counter);
      await counter.getByText(/\d Vorgänge noch nicht übertragen/).waitFor();
      await callByNumber(counter, 'A001');
      await calledNumbers(display, []);

      await office.startHub();
      await counter.getByText(/^Verbunden seit/).waitFor();
      await untilMode(office, kiosk, 'ORDERED');
      await display.getByRole('alert').filter({ hasText: 'nicht aktuell' }).waitFor({ state: 'detached' });
      await currentNumber(counter, 'A001');
      await calledNumbers(display, ['A001']);
      await expect.poll(() => waitingNumbers(counter)).toEqual(['A003', ...alone]);
      // A screen that has just come knows the same.
      const late = await office.open('counter', { inBrowser: true });
      await signIn(late, 'Schalter 4');
      await expect.poll(() => waitingNumbers(late)).toEqual(['A003', ...alone]);

      for (const number of ['A003', ...alone]) {
        await serveAndFinish(counter);
        await counter.keyboard.press('F2');
        await currentNumber(counter, number);
        await calledNumbers(display, [number]);
      }
      expect(await drawTicket(kiosk, GROUP, SERVICE)).toBe('A004');
    },
  );
});
