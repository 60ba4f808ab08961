/**
 * What a page gets of Electron: two functions, which know the bridge's channels and no others. Runs sandboxed, in the
 * preload's own world: no Node, nothing but `electron`'s renderer half, one file after the build.
 */
import { IPC_CHANNELS, type IpcTarget, type PreloadApi } from '@aufruf/shared/bridge/ipc';
import type { IpcRenderer } from 'electron';

/** Highest number of a subscription; then they start anew. Far more than a page ever watches at once. */
const LAST_SUBSCRIPTION = 1_000_000;

/** Main is gone or broke: the page asks again. */
const UNREACHABLE = { ok: false, refusal: { type: 'unreachable', detail: 'main does not answer' } } as const;

export function createPreloadApi(ipc: Pick<IpcRenderer, 'send' | 'invoke' | 'on'>): PreloadApi {
  const listeners = new Map<number, (value: unknown) => void>();
  let last = 0;

  function nextSubscription(): number {
    do {
      last = last >= LAST_SUBSCRIPTION ? 1 : last + 1;
    } while (listeners.has(last));
    return last;
  }

  ipc.on(IPC_CHANNELS.value, (_event, _target: IpcTarget, subscription: number, value: unknown) =>
    listeners.get(subscription)?.(value),
  );
  ipc.send(IPC_CHANNELS.open);

  return {
    call: (target, message) => ipc.invoke(IPC_CHANNELS.call, target, message),
    subscribe(target, { topic, params }, onValue, onAnswer) {
      const subscription = nextSubscription();
      listeners.set(subscription, onValue);
      ipc
        .invoke(IPC_CHANNELS.subscribe, target, { subscription, topic, params })
        .then(onAnswer, () => onAnswer(UNREACHABLE));
      return () => {
        if (listeners.delete(subscription)) ipc.send(IPC_CHANNELS.unsubscribe, target, { subscription });
      };
    },
  };
}
