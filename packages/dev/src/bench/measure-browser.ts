/** What a screen in Chromium takes: to the first paint after it was opened, and from a press elsewhere to pixels. */
import type { Browser, Page } from 'playwright-core';
import { type App, apps } from '../apps.ts';
import { nowMs } from './clock.ts';
import type { OfficeAtWork } from './measure-office.ts';
import type { BenchSizes } from './sizes.ts';

export interface BrowserSpans {
  /** From the clerk's press to the frame after the one that shows the number: an upper bound of the pixels' time. */
  readonly nextToPixels: readonly number[];
  readonly firstPaint: Readonly<Record<App, readonly number[]>>;
}

/** Looks at the browser's clock so often; the quickest answer says best how it goes. */
const CLOCK_LOOKS = 20;
const PAINT_TIMEOUT_MS = 30_000;

interface PaintWindow extends Window {
  painted?: Map<string, number>;
}

/** Runs in the page: notes when each called number has been painted. */
function notePaints(): void {
  const painted = new Map<string, number>();
  const seen = new Set<string>();
  (window as PaintWindow).painted = painted;
  const look = (): void => {
    for (const { textContent } of document.querySelectorAll('main ol bdi[dir="ltr"]')) {
      const number = (textContent ?? '').replaceAll(/\s/g, '');
      if (seen.has(number)) continue;
      seen.add(number);
      // The first frame shows it; when the second begins, the first has been drawn.
      requestAnimationFrame(() => requestAnimationFrame(() => painted.set(number, performance.now())));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}

/** What to add to the page's clock to have the machine's, ms. */
async function clockOffset(page: Page): Promise<number> {
  let best = { tookMs: Number.POSITIVE_INFINITY, offset: 0 };
  for (let look = 0; look < CLOCK_LOOKS; look += 1) {
    const before = nowMs();
    const at = await page.evaluate(() => performance.now());
    const after = nowMs();
    if (after - before < best.tookMs) best = { tookMs: after - before, offset: (before + after) / 2 - at };
  }
  return best.offset;
}

async function measurePixels(page: Page, office: OfficeAtWork, sizes: BenchSizes): Promise<number[]> {
  await page.addInitScript(notePaints);
  await page.goto(`${office.hubUrl}/display/?station=display-1`);
  await page.locator('main').waitFor();
  const offset = await clockOffset(page);
  const spans: number[] = [];
  for (let round = -sizes.warmUps; round < sizes.paints; round += 1) {
    const { startedAt, number } = await office.callOne();
    if (number === null) throw new Error('a call without a number');
    const isPainted = (text: string) => (window as PaintWindow).painted?.has(text);
    await page.waitForFunction(isPainted, number, { timeout: PAINT_TIMEOUT_MS });
    const at = await page.evaluate((text) => (window as PaintWindow).painted?.get(text), number);
    if (round >= 0) spans.push((at ?? Number.NaN) + offset - startedAt);
    await office.clear();
  }
  return spans;
}

async function measureFirstPaint(browser: Browser, url: string): Promise<number> {
  // A context of its own has an empty cache.
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    const first = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    const paint = await page.waitForFunction(first, undefined, { timeout: PAINT_TIMEOUT_MS });
    return Number(await paint.jsonValue());
  } finally {
    await context.close();
  }
}

export async function measureBrowser(browser: Browser, office: OfficeAtWork, sizes: BenchSizes): Promise<BrowserSpans> {
  const firstPaint: Record<App, number[]> = { kiosk: [], display: [], counter: [] };
  for (let start = 0; start < sizes.starts; start += 1)
    for (const app of apps) firstPaint[app].push(await measureFirstPaint(browser, `${office.hubUrl}/${app}/`));
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  return { nextToPixels: await measurePixels(page, office, sizes), firstPaint };
}
