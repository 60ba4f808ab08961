import { useBridge } from '@aufruf/ui/state/bridge-context';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { type Clerk, type ClerkState, createClerk } from './clerk-store.ts';

const ClerkContext = createContext<Clerk | null>(null);

export function ClerkProvider({ children }: { readonly children: ReactNode }) {
  const { bridge, topics, platform } = useBridge();
  const clerk = useMemo(() => createClerk(bridge, topics, platform), [bridge, topics, platform]);
  return <ClerkContext.Provider value={clerk}>{children}</ClerkContext.Provider>;
}

export function useClerk(): Clerk {
  const clerk = useContext(ClerkContext);
  if (clerk === null) throw new Error('useClerk was called outside ClerkProvider.');
  return clerk;
}

export const useClerkState = (): ClerkState => useStore(useClerk().store);
