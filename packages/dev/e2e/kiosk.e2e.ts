/** The kiosk in a real browser, with real touches. */
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectNoAxeFindings } from '../src/e2e-harness/expect-no-axe-findings.ts';
import { officeTest } from '../src/e2e-harness/office.ts';
import { drawTicket, touch } from '../src/e2e-harness/steps.ts';
import { tap, tapAt } from '../src/e2e-harness/touch-screen.ts';

const TILE = 'Personalausweis beantragen';

async function atServices(kiosk: Page) {
  await touch(kiosk, 'Ausweis und Reisepass');
  const tile = kiosk.getByRole('button', { name: TILE });
  await tile.waitFor();
  await kiosk.waitForTimeout(500);
  const box = await tile.boundingBox();
  if (!box) throw new Error('The tile has no place on the screen.');
  return { tile, x: box.x + box.width / 2, y: box.y + box.height / 2, box };
}

/** The number on the screen, and how many tickets there are: the next one drawn tells. */
async function onlyTicket(kiosk: Page): Promise<void> {
  await kiosk.getByRole('heading', { name: 'Ihre Nummer', exact: true }).waitFor();
  expect((await kiosk.locator('section bdi').first().innerText()).trim()).toBe('A001');
  await touch(kiosk, 'Fertig');
  expect(await drawTicket(kiosk, 'Ausweis und Reisepass', TILE)).toBe('A002');
}

describe('Kiosk: one press, one ticket', () => {
  officeTest('a triple touch gives exactly one ticket', async ({ office }) => {
    const kiosk = await office.open('kiosk');
    const { x, y } = await atServices(kiosk);
    for (let count = 0; count < 3; count += 1) await tapAt(kiosk, x, y);
    await onlyTicket(kiosk);
  });

  officeTest('a long press gives exactly one ticket', async ({ office }) => {
    const kiosk = await office.open('kiosk');
    const { x, y } = await atServices(kiosk);
    const session = await kiosk.context().newCDPSession(kiosk);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await kiosk.waitForTimeout(1_500);
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await onlyTicket(kiosk);
  });

  officeTest('a finger that slips off the tile gives exactly one ticket', async ({ office }) => {
    const kiosk = await office.open('kiosk');
    const { x, y, box } = await atServices(kiosk);
    const session = await kiosk.context().newCDPSession(kiosk);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    for (const part of [0.3, 0.6, 1]) {
      await session.send('Input.dispatchTouchEvent', {
        type: 'touchMove',
        touchPoints: [{ x: x + 20 * part, y: y + (box.height / 2 + 12) * part }],
      });
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await onlyTicket(kiosk);
  });

  officeTest('a double click of a mouse and a held Enter key give exactly one ticket', async ({ office }) => {
    const kiosk = await office.open('kiosk');
    const { tile } = await atServices(kiosk);
    await tile.dblclick();
    await onlyTicket(kiosk);
    await touch(kiosk, 'Ausweis und Reisepass');
    await kiosk.getByRole('button', { name: TILE }).focus();
    await kiosk.waitForTimeout(500);
    for (let count = 0; count < 5; count += 1) await kiosk.keyboard.down('Enter');
    await kiosk.keyboard.up('Enter');
    await kiosk.getByText('A003').waitFor();
    await touch(kiosk, 'Fertig');
    expect(await drawTicket(kiosk, 'Ausweis und Reisepass', TILE)).toBe('A004');
  });
});

describe('Kiosk: every screen without findings', () => {
  officeTest('groups, services, appointment, ticket, in both languages and with every option', async ({ office }) => {
    const kiosk = await office.open('kiosk');
    await kiosk.getByText('Worum geht es?').waitFor();
    await expectNoAxeFindings(kiosk);
    await touch(kiosk, 'English');
    await touch(kiosk, 'High contrast');
    await touch(kiosk, 'Large text');
    await expectNoAxeFindings(kiosk);
    await touch(kiosk, 'I have an appointment');
    await kiosk.getByText('Please enter your appointment number').waitFor();
    await expectNoAxeFindings(kiosk);
    await touch(kiosk, 'Back');
    await touch(kiosk, 'Identity card and passport');
    await kiosk.getByText('What would you like to do?').waitFor();
    await expectNoAxeFindings(kiosk);
    await kiosk.waitForTimeout(500);
    await tap(kiosk.getByRole('button', { name: /identity|ID card/i }).first());
    await kiosk.getByRole('heading', { name: 'Your number' }).waitFor();
    await expectNoAxeFindings(kiosk);
  });

  officeTest('nothing to scroll and nothing cut off, upright and lying, with large text', async ({ office }) => {
    for (const viewport of [
      { width: 1080, height: 1920 },
      { width: 1920, height: 1080 },
    ]) {
      const kiosk = await office.open('kiosk', { viewport });
      const fits = () =>
        kiosk.evaluate(() => {
          const content = document.querySelector('main > div');
          return (
            content !== null &&
            content.scrollHeight <= content.clientHeight &&
            document.documentElement.scrollWidth <= innerWidth
          );
        });
      await kiosk.getByText('Worum geht es?').waitFor();
      await expect.poll(fits).toBe(true);
      await touch(kiosk, 'Große Schrift');
      await expect.poll(fits).toBe(true);
      await touch(kiosk, 'Ausweis und Reisepass');
      await kiosk.getByText('Was möchten Sie erledigen?').waitFor();
      await expect.poll(fits).toBe(true);
      await touch(kiosk, TILE);
      await kiosk.getByText(/Bitte bereithalten/).waitFor();
      await expect.poll(fits).toBe(true);
      await office.close(kiosk);
    }
  });

  officeTest('in a browser, cut off from the hub it says so and is back by itself', async ({ office, skip }) => {
    if (office.shell !== 'web') skip('a desktop kiosk draws without the hub: alone.e2e.ts');
    const kiosk = await office.open('kiosk');
    await kiosk.getByText('Worum geht es?').waitFor();
    await office.killHub();
    await kiosk.getByText('Bitte gehen Sie zum Empfang').waitFor();
    await expectNoAxeFindings(kiosk);
    await office.startHub();
    await kiosk.getByText('Worum geht es?').waitFor();
  });
});
