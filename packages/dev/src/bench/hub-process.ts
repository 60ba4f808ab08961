/** The hub of a bench, in a process of its own: a real one, on a free port of this machine. */
import { createJsonLog } from '@aufruf/engine/platform/json-log';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { type RunningHub, type StartHubOptions, startHub } from '@aufruf/hub/main';
import { answerQuestions } from '../process/helper.ts';
import { type EventCost, fillDay } from './fill-day.ts';
import { type Heap, heapAfterCollection } from './heap.ts';
import type { BenchSizes } from './sizes.ts';

export type HubQuestions = {
  readonly start: { readonly ask: Omit<StartHubOptions, 'platform' | 'port'>; readonly answer: { url: string } };
  readonly rows: { readonly ask: null; readonly answer: number };
  /** Bytes of memory the process holds. */
  readonly memory: { readonly ask: null; readonly answer: number };
  readonly heap: { readonly ask: null; readonly answer: Heap };
  readonly fill: { readonly ask: BenchSizes; readonly answer: readonly EventCost[] };
};

const log = createJsonLog({ level: 'error', now: () => Date.now(), write: (line) => process.stderr.write(line) });
const platform = createNodePlatform({ log });
let running: RunningHub | null = null;

const started = (): RunningHub => {
  if (running === null) throw new Error('the hub has not been started');
  return running;
};

answerQuestions<HubQuestions>(
  {
    async start(options) {
      const result = await startHub({ ...options, platform, port: 0 });
      if (!result.ok) throw new Error(result.refusal.lines.join('\n'));
      running = result.value;
      return { url: running.url };
    },
    rows: () => started().hub.state().info.rows,
    heap: heapAfterCollection,
    memory: () => process.memoryUsage.rss(),
    fill: (sizes) => fillDay({ host: started().hub, newCommandId: platform.newCommandId, sizes }),
  },
  () => running?.close(),
);
