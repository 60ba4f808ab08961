/**
 * The bridge of a desktop window: a screen, its host in the same app's main process, the preload between them. There is
 * no line that could break; what is not answered (the device is still opening its data) is asked for again all the same.
 */
import {
  type Bridge,
  type BridgeRefusal,
  CALL_RETRY_MS,
  type CallName,
  type CallResult,
} from '@aufruf/shared/bridge/bridge';
import type { PreloadApi } from '@aufruf/shared/bridge/ipc';
import { browserPlatform } from '../platform/browser-platform.ts';
import type { RendererPlatform } from '../platform/renderer-platform.ts';
import { createLink } from './link.ts';
import { createPendingCalls } from './pending-calls.ts';

export interface IpcBridge extends Bridge {
  /** Ends all subscriptions; open calls are answered `unreachable`. */
  close(): void;
}

/** Refusals of a subscription that pass by themselves. Any other is final; the host logs it. */
const PASSING: ReadonlySet<string | undefined> = new Set<BridgeRefusal['type']>(['tooMany', 'unreachable']);

export function openIpcBridge(api: PreloadApi, platform: RendererPlatform = browserPlatform): IpcBridge {
  const link = createLink(platform);
  link.set('up');
  const calls = createPendingCalls(platform, (message, onAnswer) => {
    // A rejection is no answer: the command is sent again when its time comes.
    api.call('host', message).then(onAnswer, () => {});
  });
  const stops = new Set<() => void>();

  return {
    async call<N extends CallName>(
      name: N,
      input: Parameters<Bridge['call']>[1],
      commandId: Parameters<Bridge['call']>[2],
    ) {
      return (await calls.start({ name, input, commandId })) as CallResult<N>;
    },
    subscribe(topic, params, onValue) {
      let stopAttempt = (): void => {};
      let cancelRetry = (): void => {};
      const attempt = (): void => {
        stopAttempt();
        stopAttempt = api.subscribe('host', { topic, params }, onValue as (value: unknown) => void, (answer) => {
          const refusal = (answer as { readonly refusal?: BridgeRefusal } | null)?.refusal;
          if (stops.has(stop) && PASSING.has(refusal?.type)) cancelRetry = platform.schedule(CALL_RETRY_MS, attempt);
        });
      };
      const stop = (): void => {
        stops.delete(stop);
        cancelRetry();
        stopAttempt();
      };
      stops.add(stop);
      attempt();
      return stop;
    },
    link: { get: link.get, subscribe: link.subscribe },
    close() {
      for (const stop of [...stops]) stop();
      calls.close();
    },
  };
}
