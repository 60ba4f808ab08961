import type { LinkState } from '@aufruf/shared/bridge/bridge';
import { useSyncExternalStore } from 'react';
import { useBridge } from './bridge-context.ts';

/** Whether this screen reaches its host, and since when (this machine's clock). */
export function useLink(): LinkState {
  const { link } = useBridge().bridge;
  return useSyncExternalStore(link.subscribe, link.get);
}
