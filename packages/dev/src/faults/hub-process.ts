/** The hub of a test of faults: what ships, in a process of its own; and a browser's kiosk and counter that press on it. */
import { join } from 'node:path';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { type RunningHub, startHub } from '@aufruf/hub/main';
import type { KioskId } from '@aufruf/shared/lib/ids';
import { WEB_COUNTER } from '../bench/bench-location.ts';
import { answerQuestions } from '../process/helper.ts';
import { drawTickets, serveVisitors, type Work } from './people.ts';
import { tellParent } from './records.ts';
import { type HolderReport, reportOf } from './report.ts';

/** As whom the people at the hub's own screens are known. */
const WEB = 'web';

export interface StartFaultHub {
  readonly locationFile: string;
  readonly folder: string;
  /** As every hub but one that is set up fresh. */
  readonly mayHavePredecessor: boolean;
}

export type FaultHubQuestions = {
  /** Starts on a free port; or says why not. */
  readonly start: {
    readonly ask: StartFaultHub;
    readonly answer: { readonly port: number } | { readonly refused: readonly string[] };
  };
  /** A browser's kiosk, set up as this one, and a browser's counter begin to press buttons. */
  readonly work: { readonly ask: { readonly seed: number; readonly kioskId: string }; readonly answer: null };
  readonly rest: { readonly ask: null; readonly answer: null };
  /** Devices, by the hub's count. */
  readonly connected: { readonly ask: null; readonly answer: readonly string[] };
  readonly report: { readonly ask: readonly string[]; readonly answer: HolderReport };
};

const platform = createNodePlatform();
let running: RunningHub | null = null;
let work: readonly Work[] = [];

const hub = () => {
  if (running === null) throw new Error('the hub does not run');
  return running.hub;
};

answerQuestions<FaultHubQuestions>(
  {
    async start({ locationFile, folder, mayHavePredecessor }) {
      const noPages = join(folder, 'no-pages');
      const renderers = { kiosk: noPages, display: noPages, counter: noPages };
      const started = await startHub({
        locationFile,
        dataFolder: folder,
        renderers,
        platform,
        port: 0,
        mayHavePredecessor,
      });
      if (!started.ok) return { refused: started.refusal.lines };
      running = started.value;
      return { port: running.port };
    },
    work({ seed, kioskId }) {
      const workplace = { by: WEB, host: hub(), platform, tell: tellParent };
      work = [drawTickets(workplace, kioskId as KioskId, seed), serveVisitors(workplace, WEB_COUNTER, seed + 1)];
      return null;
    },
    async rest() {
      await Promise.all(work.map((one) => one.stop()));
      work = [];
      return null;
    },
    connected: () =>
      hub()
        .stats()
        .devices.map(({ device }) => device),
    report: (commandIds) => reportOf('hub', hub(), commandIds),
  },
  () => running?.close(),
);
