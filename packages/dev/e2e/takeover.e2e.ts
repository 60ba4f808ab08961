/** The hub's machine is broken, and a supervisor at a relay makes that machine the hub, on the page of the location. */
import { relayOfficeTest } from '@aufruf/dev/e2e-harness/relay-office';
import {
  calledNumbers,
  currentNumber,
  drawTicket,
  serveAndFinish,
  signIn,
  untilMode,
  waitingNumbers,
} from '@aufruf/dev/e2e-harness/steps';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectNoAxeFindings } from '../src/e2e-harness/expect-no-axe-findings.ts';
import type { Office } from '../src/e2e-harness/office.ts';

const GROUP = 'Ausweis und Reisepass';
const SERVICE = 'Personalausweis beantragen';
const KIOSK = { hasEngine: true, station: 'kiosk-1' } as const;
const DISPLAY = { hasEngine: true, station: 'display-3' } as const;
const SUPERVISOR = { hasEngine: true, setUpAs: 'counter-3' } as const;
const PATIENCE = { timeout: 30_000 };

const supervisedTest = relayOfficeTest('counter-3', (location) => ({
  ...location,
  counters: location.counters.map((counter) => ({ ...counter, supervisor: counter.id === 'counter-3' })),
}));

const openAll = async (office: Office) => ({
  kiosk: await office.open('kiosk', KIOSK),
  display: await office.open('display', DISPLAY),
  counter: await office.open('counter', SUPERVISOR),
});

const openLocation = async (counter: Page): Promise<void> => {
  await counter.getByRole('button', { name: 'Standort', exact: true }).click();
  await counter.getByRole('heading', { name: /^Standort/, level: 1 }).waitFor();
};

describe('A supervisor', () => {
  supervisedTest(
    'M5: makes a relay the hub when the old one is broken; it still is after a restart; the old one comes back as a device',
    { timeout: 180_000 },
    async ({ office }) => {
      const { kiosk, display, counter } = await openAll(office);
      await signIn(counter, 'Schalter 3');
      const before = await drawTicket(kiosk, GROUP, SERVICE);
      await expect.poll(() => waitingNumbers(counter), PATIENCE).toEqual([before]);
      await counter.keyboard.press('Control+o');
      await counter.getByText('Der Standortserver antwortet. Es gibt nichts zu übernehmen.').waitFor();

      // What only the old hub has: drawn in a browser while nobody else was there.
      for (const screen of [kiosk, display, counter]) await office.close(screen);
      const browser = await office.open('kiosk', { inBrowser: true });
      const unheard = await drawTicket(browser, GROUP, SERVICE);
      await office.close(browser);
      await office.killHub();

      const alone = await openAll(office);
      for (const screen of Object.values(alone)) await untilMode(office, screen, 'RELAY');
      await signInAgain(alone.counter);
      const meanwhile = await drawTicket(alone.kiosk, GROUP, SERVICE);
      await takeOver(alone.counter);
      for (const screen of Object.values(alone)) await untilMode(office, screen, 'ORDERED');

      await alone.counter.keyboard.press('Escape');
      await expect.poll(() => waitingNumbers(alone.counter), PATIENCE).toEqual([before, meanwhile]);
      const after = await drawTicket(alone.kiosk, GROUP, SERVICE);
      await alone.counter.keyboard.press('F2');
      await currentNumber(alone.counter, before);
      await calledNumbers(alone.display, [before]);
      await serveAndFinish(alone.counter);

      // The machine is switched off over night.
      await office.close(alone.counter);
      const restarted = await office.open('counter', SUPERVISOR);
      for (const screen of [restarted, alone.kiosk, alone.display]) await untilMode(office, screen, 'ORDERED');
      await openLocation(restarted);
      await restarted.getByText(/^Dieses Gerät ist der Standortserver/).waitFor();
      await restarted.keyboard.press('Escape');
      await signInAgain(restarted);

      await office.startHub();
      await expect
        .poll(() => waitingNumbers(restarted), PATIENCE)
        .toEqual(expect.arrayContaining([unheard, meanwhile, after]));
      expect(new Set([before, unheard, meanwhile, after]).size).toBe(4);
      expect(await drawTicket(alone.kiosk, GROUP, SERVICE)).not.toBe(after);
    },
  );
});

/** In a new window, while the session of the one before is still open. */
async function signInAgain(counter: Page): Promise<void> {
  await counter.getByRole('button', { name: /^Schalter 3\b/ }).click();
  await counter.getByRole('dialog').getByRole('button', { name: 'Übernehmen' }).click();
  await counter.getByRole('button', { name: /Nächste Person aufrufen/ }).waitFor();
}

/** Reads, sees to what the page asks for, and does it on purpose. */
async function takeOver(counter: Page): Promise<void> {
  await openLocation(counter);
  await counter.getByText('vertritt jetzt').waitFor();
  await expectNoAxeFindings(counter);
  await counter.getByRole('button', { name: 'Zum Standortserver machen' }).click();
  const dialog = counter.getByRole('dialog');
  const answer = dialog.getByRole('button', { name: 'Jetzt zum Standortserver machen' });
  await expect.poll(() => answer.getAttribute('aria-disabled')).toBe('true');
  await expectNoAxeFindings(counter);
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('textbox').fill('counter-3');
  await answer.click();
  await counter.getByText(/^Dieses Gerät ist der Standortserver/).waitFor(PATIENCE);
}
