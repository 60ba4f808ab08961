/** The one line of this process to Chromium; opened for the first page. */
import { type CdpLine, openCdp } from './cdp.ts';
import { settings } from './own-settings.ts';

let line: Promise<CdpLine> | null = null;
let isClosing = false;

export function browser(): Promise<CdpLine> {
  line ??= openCdp(settings.endpoint, () => {
    if (isClosing) return;
    // As when Electron's own browser process ends: nothing is left.
    console.error('The browser of the stand-in is gone.');
    process.exit(1);
  });
  return line;
}

/** Lets go of Chromium, which belongs to whoever started it. */
export async function closeBrowser(): Promise<void> {
  isClosing = true;
  (await line?.catch(() => null))?.close();
}
