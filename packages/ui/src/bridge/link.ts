import type { LinkState } from '@aufruf/shared/bridge/bridge';
import type { RendererPlatform } from '../platform/renderer-platform.ts';

export interface Link {
  get(): LinkState;
  set(state: LinkState['state']): void;
  /** Returns the way to stop. */
  subscribe(onChange: () => void): () => void;
}

/** Holds whether the host is reached, and since when. Setting the same state again changes nothing: `since` stays. */
export function createLink(platform: RendererPlatform): Link {
  const listeners = new Set<() => void>();
  let current: LinkState = { state: 'connecting', since: platform.now() };
  return {
    get: () => current,
    set(state) {
      if (state === current.state) return;
      current = { state, since: platform.now() };
      for (const listener of [...listeners]) listener();
    },
    subscribe(onChange) {
      const listener = (): void => onChange();
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
