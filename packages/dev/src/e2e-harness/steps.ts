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

/** The hub decides for a screen again: what a desktop kiosk does not show, its log says. In a browser its page is proof. */
export async function untilOrdered(office: Office, screen: Page): Promise<void> {
  if (office.shell === 'web') return;
  const lastMode = (): string | undefined =>
    [
      ...office
        .desktop(screen)
        .log()
        .matchAll(/"mode":"([A-Z]+)"/g),
    ].at(-1)?.[1];
  await expect.poll(lastMode, { timeout: 15_000 }).toBe('ORDERED');
}

/** Signs in at a free counter. */
export async function signIn(counter: Page, name: string): Promise<void> {
  await counter.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
  await counter.getByRole('button', { name: /Nächste Person aufrufen/ }).waitFor();
}

/** Waits until the display shows exactly these calls, newest first. */
export async function calledNumbers(display: Page, numbers: readonly string[]): Promise<void> {
  await expect
    .poll(() => display.locator('main ol bdi[dir="ltr"]').allInnerTexts(), { timeout: 15_000 })
    .toEqual(numbers);
}

/** Waits until the counter has a current visit (with this number), and returns its number. */
export async function currentNumber(counter: Page, number?: string): Promise<string> {
  const shown = counter.locator('section:is([data-mode="called"], [data-mode="serving"]) bdi');
  await (number ? shown.filter({ hasText: number }) : shown).waitFor();
  return (await shown.innerText()).trim();
}
