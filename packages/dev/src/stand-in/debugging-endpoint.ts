/** Where a second client reaches a Chromium that Playwright started with `--remote-debugging-port=0`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

const known = new WeakMap<Browser, Promise<string>>();

/** @throws Error when it was started without a port */
export function debuggingEndpoint(browser: Browser): Promise<string> {
  const endpoint = known.get(browser) ?? findEndpoint(browser);
  known.set(browser, endpoint);
  return endpoint;
}

async function findEndpoint(browser: Browser): Promise<string> {
  const session = await browser.newBrowserCDPSession();
  const { commandLine } = await session.send('SystemInfo.getInfo');
  await session.detach();
  const [, quoted, plain] = /--user-data-dir=(?:"([^"]+)"|(\S+))/.exec(commandLine) ?? [];
  // Chromium notes there which port it took, and the path of its own.
  const [port, path] = readFileSync(join(quoted ?? plain ?? '', 'DevToolsActivePort'), 'utf8').split('\n');
  return `ws://127.0.0.1:${port}${path}`;
}
