/** Who may speak on the IPC: the main frame of a page of this app, and nobody else. */
import type { WebContents, WebFrameMain } from 'electron';

/** What of an IPC event tells where it came from. */
export interface IpcSender {
  readonly sender: WebContents;
  /** Null when the frame is gone or has navigated in the meantime. */
  readonly senderFrame: WebFrameMain | null;
}

export function isTrustedSender({ sender, senderFrame }: IpcSender, isOwn: (url: string) => boolean): boolean {
  if (senderFrame === null || sender.isDestroyed()) return false;
  return senderFrame.parent === null && isOwn(senderFrame.url);
}
