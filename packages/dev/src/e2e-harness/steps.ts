/** What people do and see, as steps that several end-to-end tests take. Each waits until its effect is on the screen. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Office } from './office.ts';
import { tap } from './touch-screen.ts';

/** The kiosk takes no press for a moment after each new screen; a citizen is slower than that anyway. */
const SETTLED_MS = 500;

/** Touches a button once it has settled. */
export async function touch(kiosk: Page, name: string): Promise<void> {
  const button = kiosk.getByRole('button', { name }).first();
  await button.waitFor();
  await kiosk.waitForTimeout(SETTLED_MS);
  await tap(button);
}

/** Draws a ticket in German and returns its number; leaves the kiosk at its start, or on the ticket with `stay`. */
export async function drawTicket(kiosk: Page, group: string, service: string, { stay = false } = {}): Promise<string> {
  await touch(kiosk, group);
  await touch(kiosk, service);
  await kiosk.getByRole('heading', { name: 'Ihre Nummer', exact: true }).waitFor();
  const number = await kiosk.locator('section bdi').first().innerText();
  if (!stay) await touch(kiosk, 'Fertig');
  return number.trim();
}

/** Who decides for a screen now: what a kiosk does not show, its engine's log says. A page of the hub has no engine. */
export async function untilMode(office: Office, screen: Page, mode: 'ORDERED' | 'RELAY'): Promise<void> {
  if (office.shell === 'web' && office.log(screen) === '') return;
  const lastMode = () => [...office.log(screen).matchAll(/"mode":"([A-Z]+)"/g)].at(-1)?.[1];
  await expect.poll(lastMode).toBe(mode);
}

/** Signs in at a free counter. */
export async function signIn(counter: Page, name: string): Promise<void> {
  await counter.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
  await counter.getByRole('button', { name: /Nächste Person aufrufen/ }).waitFor();
}

/** Waits until the display shows exactly these calls, newest first. */
export async function calledNumbers(display: Page, numbers: readonly string[]): Promise<void> {
  await expect.poll(() => display.locator('main ol bdi[dir="ltr"]').allInnerTexts()).toEqual(numbers);
}

/** Waits until the counter has a current visit (with this number), and returns its number. */
export async function currentNumber(counter: Page, number?: string): Promise<string> {
  const shown = counter.locator('section:is([data-mode="called"], [data-mode="serving"]) bdi');
  await (number ? shown.filter({ hasText: number }) : shown).waitFor();
  return (await shown.innerText()).trim();
}

/** The waiting list of a counter from its first place on. */
export const waitingNumbers = (counter: Page): Promise<string[]> =>
  counter.getByRole('tabpanel').locator('li bdi').allInnerTexts();

/** The visitor who was called arrives, is served, and goes. */
export async function serveAndFinish(counter: Page): Promise<void> {
  await counter.keyboard.press('F4');
  await counter.getByText(/In Bedienung seit/).waitFor();
  await counter.keyboard.press('F8');
  await counter.getByRole('dialog').getByRole('button', { name: 'Abschließen', exact: true }).click();
  await counter.getByText('Niemand aufgerufen').waitFor();
}
