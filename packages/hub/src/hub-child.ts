/**
 * A hub in a process of its own, hosted by a desktop app: told what to do by the app, tells how it went, and never
 * outlives it by intent (Electron ends utility processes with the app). What it runs is `startHub`, as everywhere.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import { type FromHubChild, type HubChildSettings, toHubChildSchema } from '@aufruf/shared/protocol/hub-child';
import { createMdnsDiscovery } from './discovery/mdns-discovery.ts';
import { type RunningHub, startHub } from './main.ts';
import { whenMoved } from './when-moved.ts';

/** The app's end; Electron's `process.parentPort` fits. */
export interface HubChildPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  postMessage(message: FromHubChild): void;
}

export interface HubChildOptions {
  readonly port: HubChildPort;
  readonly platform: Platform;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

const NOT_PUBLISHED: FromHubChild = {
  type: 'refused',
  reason: 'notPublished',
  lines: ['The configuration that names this hub could not be published.'],
};

/** Waits for `start`, then runs the hub until `stop`. Exit codes: 0 stopped, 1 refused or broken. */
export function runHubChild({ port, platform, exit }: HubChildOptions): void {
  let running: Promise<RunningHub | null> | null = null;

  async function start(settings: HubChildSettings): Promise<RunningHub | null> {
    const discovery = createMdnsDiscovery({ platform });
    const onTakeOver = (isDone: boolean) => port.postMessage(isDone ? { type: 'tookOver' } : NOT_PUBLISHED);
    const started = await startHub({ ...settings, mayHavePredecessor: true, onTakeOver, discovery, platform });
    if (started.ok) {
      port.postMessage({ type: 'up', port: started.value.port });
      whenMoved(started.value.hub, () => port.postMessage({ type: 'moved' }));
      return started.value;
    }
    const { type: reason, lines } = started.refusal;
    port.postMessage({ type: 'refused', reason, lines: [...lines] });
    exit(1);
    return null;
  }

  async function stop(): Promise<void> {
    await (await running)?.close();
    exit(0);
  }

  function failed(error: unknown): null {
    platform.log.error('the hub broke', { error });
    exit(1);
    return null;
  }

  port.on('message', ({ data }) => {
    const parsed = toHubChildSchema.safeParse(data);
    if (!parsed.success) return platform.log.warn('the app said something unknown');
    if (parsed.data.type === 'ping') port.postMessage({ type: 'pong' });
    else if (parsed.data.type === 'stop') void stop().catch(failed);
    else running ??= start(parsed.data.settings).catch(failed);
  });
}
