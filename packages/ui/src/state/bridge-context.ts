/** Gives the screens below it their bridge; the hooks beside this file read it. */
import type { Bridge } from '@aufruf/shared/bridge/bridge';
import { createContext, createElement, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { browserPlatform } from '../platform/browser-platform.ts';
import type { RendererPlatform } from '../platform/renderer-platform.ts';
import { createTopicStore, type TopicStore } from './topic-store.ts';

interface BridgeContextValue {
  readonly bridge: Bridge;
  readonly topics: TopicStore;
  readonly platform: RendererPlatform;
}

const BridgeContext = createContext<BridgeContextValue | null>(null);

export interface BridgeProviderProps {
  readonly bridge: Bridge;
  /** Another one only in tests. */
  readonly platform?: RendererPlatform;
  readonly children?: ReactNode;
}

export function BridgeProvider({ bridge, platform = browserPlatform, children }: BridgeProviderProps) {
  const value = useMemo(() => ({ bridge, platform, topics: createTopicStore(bridge, platform) }), [bridge, platform]);
  useEffect(() => () => value.topics.close(), [value]);
  return createElement(BridgeContext.Provider, { value }, children);
}

export function useBridge(): BridgeContextValue {
  const value = useContext(BridgeContext);
  if (value === null) throw new Error('A hook of the bridge was used outside BridgeProvider.');
  return value;
}
