/** The main frame of a page, as IPC events name their sender. */
import { strict } from './strict.ts';

export interface Frame {
  readonly url: string;
  readonly origin: string;
  /** Only main frames speak: a preload runs in no other. */
  readonly parent: null;
  readonly top: Frame;
  readonly processId: number;
  readonly routingId: number;
  readonly detached: boolean;
}

/** `url`: the address now shown, as the app knows it. */
export function createFrame(id: number, url: () => string): Frame {
  const frame: Frame = strict('WebFrameMain', {
    get url() {
      return url();
    },
    get origin() {
      return /^[a-z][a-z0-9+-]*:\/\/[^/]*/i.exec(url())?.[0] ?? 'null';
    },
    parent: null,
    get top() {
      return frame;
    },
    processId: id,
    routingId: 1,
    detached: false,
  });
  return frame;
}
