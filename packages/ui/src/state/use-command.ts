import type { CallName } from '@aufruf/shared/bridge/bridge';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useBridge } from './bridge-context.ts';
import { type CommandState, type CommandStore, createCommandStore } from './command-store.ts';

/** A command of this component: `run(input)`, and how the last press ended. See command-store.ts for what a press does. */
export function useCommand<N extends CallName>(name: N): CommandState<N> & Pick<CommandStore<N>, 'run' | 'reset'> {
  const { bridge, platform } = useBridge();
  const command = useMemo(() => createCommandStore(bridge, platform, name), [bridge, platform, name]);
  const { pending, refusal, receipt } = useStore(command.store);
  return { pending, refusal, receipt, run: command.run, reset: command.reset };
}
