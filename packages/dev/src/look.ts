/**
 * `npm run look [-- kiosk display ...]`: pictures of the screens for human eyes, below test-results/look. Each screen at
 * the sizes it hangs at and in both languages, with people waiting and called; in German also from right to left, large, in
 * high contrast, and once the hub is gone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { type App, apps, isApp } from './apps.ts';
import { findChromium } from './browser/find-chromium.ts';
import { launchBrowser } from './browser/launch-browser.ts';
import { buildRenderers, builtRenderers } from './build.ts';
import { fillOffice } from './e2e-harness/fill-office.ts';
import { screenshot } from './e2e-harness/screenshot.ts';
import { startHubProcess } from './hub-process/hub-process.ts';
import { root } from './root.ts';

interface Step {
  readonly press: (page: Page) => Locator;
  /** What is there once the screen has answered. */
  readonly shows: (page: Page) => Locator;
}

const button = (name: RegExp) => (page: Page) => page.getByRole('button', { name });
const callNext = button(/^(Nächste Person|Call next)/);

const kioskSteps: readonly Step[] = [
  // The first one is for people with an appointment.
  { press: (page) => page.getByRole('main').getByRole('button').nth(1), shows: button(/^(Zurück|Back)/) },
  { press: (page) => page.getByRole('main').getByRole('button').first(), shows: button(/^(Fertig|Done)/) },
];
const counterSteps: readonly Step[] = [
  { press: (page) => button(/frei|free/)(page).last(), shows: callNext },
  { press: callNext, shows: button(/^(Erschienen|Arrived)/) },
];

/** What a screen looks like to somebody else. */
interface Mood {
  readonly name: string;
  /** How far the counter's page is magnified by its browser; absent = not at all. */
  readonly zoom?: number;
  /** Done to the page before the first picture. */
  readonly set: (page: Page, app: App) => Promise<unknown> | null;
}

const MOODS: readonly Mood[] = [
  // No catalog is written from right to left yet: this shows whether the layout would follow one.
  { name: 'rtl', set: (page) => page.evaluate("document.documentElement.dir = 'rtl'") },
  // A clerk magnifies the page; a display is as large as it hangs.
  { name: 'large', zoom: 1.5, set: (page, app) => (app === 'kiosk' ? button(/^Große Schrift/)(page).click() : null) },
  {
    name: 'contrast',
    set: (page, app) =>
      app === 'kiosk'
        ? button(/^Starker Kontrast/)(page).click()
        : page.emulateMedia({ contrast: 'more', forcedColors: 'active' }),
  },
];
/** Past what it takes every screen to notice that its hub is gone. */
const CUT_OFF_MS = 8_000;

interface Look {
  readonly app: App;
  readonly width: number;
  readonly height: number;
  /** A picture is taken before the first and after each. */
  readonly steps: readonly Step[];
}

const LOOKS: readonly Look[] = [
  { app: 'kiosk', width: 1080, height: 1920, steps: kioskSteps },
  { app: 'kiosk', width: 1920, height: 1080, steps: kioskSteps },
  { app: 'display', width: 1920, height: 1080, steps: [] },
  { app: 'display', width: 3840, height: 2160, steps: [] },
  { app: 'counter', width: 1280, height: 800, steps: counterSteps },
];
const LOCALES = ['de-DE', 'en-GB'];
const ANSWER_MS = 5_000;
const MAX_PRESSES = 5;

const names = process.argv.slice(2);
const wanted = names.length > 0 ? names.filter(isApp) : apps;
if (wanted.length === 0) fail(`There is no app "${names.join(' ')}"; there are ${apps.join(', ')}.`);
const chromium = await findChromium();
if (!chromium.ok) fail(chromium.refusal.reason);

rmSync(join(root, 'test-results', 'look'), { recursive: true, force: true });
await buildRenderers(wanted);
const dataFolder = mkdtempSync(join(tmpdir(), 'aufruf-look-'));
const hub = await startHubProcess({
  locationFile: join(root, 'packages', 'dev', 'samples', 'hamburg-mitte.json'),
  dataFolder,
  port: 0,
  openAllDay: true,
  renderers: builtRenderers,
});
const browser = await launchBrowser(chromium.value);
try {
  await fillOffice(hub.url);
  for (const look of LOOKS.filter(({ app }) => wanted.includes(app))) {
    for (const locale of LOCALES) await photograph(browser, look, locale);
    for (const mood of MOODS.filter(({ zoom }) => zoom === undefined || look.app !== 'display'))
      await photograph(browser, look, 'de-DE', mood);
  }
  await photographCutOff(browser);
} finally {
  await browser.close();
  await hub.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}

async function open(browser: Browser, { app, width, height }: Look, locale: string, zoom = 1): Promise<Page> {
  const viewport = { width: Math.round(width / zoom), height: Math.round(height / zoom) };
  const context = await browser.newContext({ viewport, deviceScaleFactor: zoom, locale, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${hub.url}/${app}/`, { waitUntil: 'networkidle' });
  return page;
}

/** The hub ends, as when its machine is switched off, and every screen says what that means for whoever stands before it. */
async function photographCutOff(browser: Browser): Promise<void> {
  const looks = LOOKS.filter(({ app }) => wanted.includes(app));
  const pages: Page[] = [];
  for (const look of looks) {
    const page = await open(browser, look, 'de-DE');
    for (const step of look.app === 'counter' ? look.steps : []) await take(page, step);
    pages.push(page);
  }
  await hub.stop();
  await pages[0]?.waitForTimeout(CUT_OFF_MS);
  for (const [index, page] of pages.entries()) {
    const { app, width, height } = looks[index] as Look;
    console.log(await screenshot(page, `look/${app}-${width}x${height}-de-cut-off`));
    await page.context().close();
  }
}

async function photograph(browser: Browser, look: Look, locale: string, mood: Mood | null = null): Promise<void> {
  const { app, width, height, steps } = look;
  const suffix = mood === null ? '' : `-${mood.name}`;
  const page = await open(browser, look, locale, app === 'counter' ? mood?.zoom : 1);
  // A kiosk cannot know its next citizen's language.
  if (app === 'kiosk' && locale.startsWith('en')) await page.getByRole('button', { name: 'English' }).click();
  const picture = async (step: number) =>
    console.log(await screenshot(page, `look/${app}-${width}x${height}-${locale.slice(0, 2)}${suffix}-${step}`));
  await mood?.set(page, app);
  await picture(0);
  for (const [index, step] of steps.entries()) {
    await take(page, step);
    await picture(index + 1);
  }
  await page.context().close();
}

/**
 * Resolves when the screen has answered. Pressed again if it has not: a kiosk takes no press for a screen that has only
 * just appeared under the finger.
 */
async function take(page: Page, { press, shows }: Step): Promise<void> {
  for (let presses = 1; presses <= MAX_PRESSES; presses += 1) {
    await press(page).click();
    const hasAnswered = await shows(page)
      .waitFor({ timeout: ANSWER_MS })
      .then(
        () => true,
        () => false,
      );
    if (hasAnswered) return;
  }
  throw new Error(`${page.url()} does not answer to a press.`);
}

function fail(line: string): never {
  console.error(line);
  process.exit(1);
}
