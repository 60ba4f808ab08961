/** Fingers on a page. Below Playwright's own, which knows no touch in windows of real Electron. */
import type { Locator, Page } from 'playwright-core';

/** A short touch at a place of the page, px. */
export async function tapAt(page: Page, x: number, y: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}

/** A short touch in the middle of an element, once it is there, rests, and is covered by nothing. */
export async function tap(element: Locator): Promise<void> {
  await element.click({ trial: true });
  const box = await element.boundingBox();
  if (box === null) throw new Error('The element has no place on the screen.');
  await tapAt(element.page(), box.x + box.width / 2, box.y + box.height / 2);
}
