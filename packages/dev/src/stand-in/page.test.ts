import { describe, expect } from 'vitest';
import { SHOW_PAGE, standInTest } from './test/stand-in-test.ts';

describe('a page on the stand-in', () => {
  standInTest('comes from the handler of its scheme', async ({ desk }) => {
    const { page, app } = await desk.open({
      main: SHOW_PAGE,
      preload: "require('electron').contextBridge.exposeInMainWorld('api', { n: 1 })",
    });
    console.log(app.log(), page.url());
    expect(await page.locator('main').innerText()).toBe('here');
    expect(await page.evaluate(() => (window as any).api)).toEqual({ n: 1 });
  });
});
