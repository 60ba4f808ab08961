/** Draws all icon files of the apps into apps/<app>/build: `npm run package -- --icons`. They are kept in the repository. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { type App, apps } from '../apps.ts';
import { launchBrowser } from '../browser/launch-browser.ts';
import { root } from '../root.ts';
import { LINUX_SIDES, MAC_KINDS, toIcns, toIco, WINDOWS_SIDES } from './icon-files.ts';
import { iconSvg } from './icon-svg.ts';

/** Where electron-builder looks for an app's icons. */
export const iconFolder = (app: App) => join(root, 'apps', app, 'build');

export async function drawIcons(chromium: string): Promise<void> {
  const browser = await launchBrowser(chromium);
  try {
    for (const app of apps) await drawApp(browser, app);
  } finally {
    await browser.close();
  }
}

async function drawApp(browser: Browser, app: App): Promise<void> {
  const svg = iconSvg(app);
  const pictures = new Map<number, Buffer>();
  for (const side of new Set([...LINUX_SIDES, ...WINDOWS_SIDES, ...MAC_KINDS.map(([, each]) => each)])) {
    pictures.set(side, await drawPicture(browser, svg, side));
  }
  const picture = (side: number): Buffer => pictures.get(side) as Buffer;

  const folder = iconFolder(app);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'icons'), { recursive: true });
  writeFileSync(join(folder, 'icon.svg'), svg);
  for (const side of LINUX_SIDES) writeFileSync(join(folder, 'icons', `${side}x${side}.png`), picture(side));
  writeFileSync(join(folder, 'icon.ico'), toIco(WINDOWS_SIDES.map((side) => ({ side, png: picture(side) }))));
  writeFileSync(join(folder, 'icon.icns'), toIcns(MAC_KINDS.map(([kind, side]) => ({ kind, png: picture(side) }))));
}

async function drawPicture(browser: Browser, svg: string, side: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}
