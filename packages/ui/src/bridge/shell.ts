/** A desktop page's way to the window around it: null in a browser. */
import { PRELOAD_KEY, type PreloadApi } from '@aufruf/shared/bridge/ipc';
import type { ShellAnswer, ShellCall, ShellTopicName, ShellTopics } from '@aufruf/shared/bridge/shell-table';

export interface Shell {
  /** Never rejects: a main process that does not answer is gone, and this page with it. */
  call(call: ShellCall): Promise<ShellAnswer>;
  /** The current value soon, each new one after. Returns the way to stop. */
  watch<T extends ShellTopicName>(topic: T, onValue: (value: ShellTopics[T]) => void): () => void;
}

/** What the preload has put on `window`, if there is one. */
export const preloadApi = (): PreloadApi | null =>
  (globalThis as { readonly [PRELOAD_KEY]?: PreloadApi })[PRELOAD_KEY] ?? null;

let desktop: Shell | null | undefined;

/** The window around this page; null in a browser. One for all who ask. */
export function desktopShell(): Shell | null {
  if (desktop === undefined) {
    const api = preloadApi();
    desktop = api === null ? null : openShell(api);
  }
  return desktop;
}

function openShell(api: PreloadApi): Shell {
  return {
    call: (call) =>
      api.call('shell', call).then(
        (answer) => answer as ShellAnswer,
        () => ({ ok: false, refusal: { type: 'notReady' } }) as const,
      ),
    watch: (topic, onValue) =>
      api.subscribe('shell', { topic, params: {} }, onValue as (value: unknown) => void, () => {}),
  };
}
