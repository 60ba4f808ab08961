/**
 * The one line of this process to Chromium; opened for the first page. Windows that this app's pages open are closed
 * before they load anything.
 */
import { type CdpLine, openCdp } from './cdp.ts';
import { settings } from './own-settings.ts';

interface Attached {
  readonly sessionId: string;
  /** Of a page that is new; not of one that was there, nor of one this process attached to itself. */
  readonly waitingForDebugger: boolean;
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
  opened.on<Attached>('Target.attachedToTarget', async ({ sessionId, waitingForDebugger, targetInfo }) => {
    const { targetId, openerId } = targetInfo;
    if (!waitingForDebugger) return;
    try {
      if (openerId !== undefined && ownPages.has(openerId)) {
        await opened.send('Target.closeTarget', { targetId });
        return;
      }
      // Any other new page in this browser waits, too, until it is let go.
      await opened.child(sessionId).send('Runtime.runIfWaitingForDebugger');
      await opened.send('Target.detachFromTarget', { sessionId });
    } catch {
      // It is gone already.
    }
  });
  await opened.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }, { exclude: true }],
  });
  return opened;
}

/** Lets go of Chromium, which belongs to whoever started it. */
export async function closeBrowser(): Promise<void> {
  isClosing = true;
  (await line?.catch(() => null))?.close();
}
