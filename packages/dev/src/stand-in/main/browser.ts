/**
 * The one line of this process to Chromium; opened for the first page. Windows that this app's pages open are closed,
 * should one get past the page's own world (page/page-world.ts): as soon as it is there, though not always before it has
 * asked for anything.
 */
import { type CdpLine, openCdp } from './cdp.ts';
import { settings } from './own-settings.ts';

interface TargetCreated {
  readonly targetInfo: { readonly targetId: string; readonly openerId?: string };
}

let line: Promise<CdpLine> | null = null;
let isClosing = false;
/** Chromium's ids of this app's pages. */
const ownPages = new Set<string>();

export function browser(): Promise<CdpLine> {
  line ??= open();
  return line;
}

/** From now on a window that this page opens is closed. */
export const guardPage = (targetId: string): void => void ownPages.add(targetId);

async function open(): Promise<CdpLine> {
  const opened = await openCdp(settings.endpoint, () => {
    if (isClosing) return;
    // As when Electron's own browser process ends: nothing is left.
    console.error('The browser of the stand-in is gone.');
    process.exit(1);
  });
  opened.on<TargetCreated>('Target.targetCreated', ({ targetInfo: { targetId, openerId } }) => {
    if (openerId !== undefined && ownPages.has(openerId))
      // It may be gone already.
      closeWindow(opened, targetId).catch(() => {});
  });
  await opened.send('Target.setDiscoverTargets', { discover: true });
  return opened;
}

/** Not before it runs: until then its opener, in the same process of Chromium, may be held up by it for ever. */
async function closeWindow(opened: CdpLine, targetId: string): Promise<void> {
  const { sessionId } = await opened.send('Target.attachToTarget', { targetId, flatten: true });
  const window = opened.child(sessionId);
  await window.send('Runtime.runIfWaitingForDebugger');
  await window.send('Runtime.evaluate', { expression: '0' });
  await opened.send('Target.closeTarget', { targetId });
}

/** Lets go of Chromium, which belongs to whoever started it. */
export async function closeBrowser(): Promise<void> {
  isClosing = true;
  (await line?.catch(() => null))?.close();
}
