/**
 * One button's command: one press, one command. While an answer is awaited further presses do nothing. When no answer
 * came (`unreachable`), pressing for the same thing again sends the same command id, since the first may well have
 * happened; pressing for another thing, or after a proper answer, is a new command.
 */
import type { Bridge, CallInput, CallName, CallResult } from '@aufruf/shared/bridge/bridge';
import type { Receipt } from '@aufruf/shared/domain/commands';
import type { CommandId } from '@aufruf/shared/lib/ids';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RendererPlatform } from '../platform/renderer-platform.ts';

export type CallRefusal<N extends CallName> = Extract<CallResult<N>, { readonly ok: false }>['refusal'];

export interface CommandState<N extends CallName> {
  readonly pending: boolean;
  /** Why the last press came to nothing; null while pending, after a success, and at first. */
  readonly refusal: CallRefusal<N> | null;
  /** What the last press yielded; null as above. */
  readonly receipt: Receipt | null;
}

export interface CommandStore<N extends CallName> {
  readonly store: StoreApi<CommandState<N>>;
  /** Sends the command; null if the press was ignored because an answer is awaited. Never rejects. */
  run(input: CallInput<N>): Promise<CallResult<N> | null>;
  /** Forgets refusal, receipt and an unanswered command, as when the next citizen steps up. */
  reset(): void;
}

export function createCommandStore<N extends CallName>(
  bridge: Bridge,
  platform: RendererPlatform,
  name: N,
): CommandStore<N> {
  const idle: CommandState<N> = { pending: false, refusal: null, receipt: null };
  const store = createStore<CommandState<N>>(() => idle);
  let unanswered: { readonly inputJson: string; readonly commandId: CommandId } | null = null;
  /** Rises with each reset: an answer that was awaited before one is not shown after it. */
  let generation = 0;

  return {
    store,
    async run(input) {
      if (store.getState().pending) return null;
      store.setState({ pending: true, refusal: null, receipt: null });
      const ownGeneration = generation;
      const inputJson = JSON.stringify(input);
      const commandId = unanswered?.inputJson === inputJson ? unanswered.commandId : platform.newCommandId();
      const result = await bridge.call(name, input, commandId);
      if (ownGeneration !== generation) return result;
      unanswered = !result.ok && result.refusal.type === 'unreachable' ? { inputJson, commandId } : null;
      store.setState(
        result.ok
          ? { pending: false, refusal: null, receipt: result.value }
          : { pending: false, refusal: result.refusal as CallRefusal<N>, receipt: null },
      );
      return result;
    },
    reset() {
      generation += 1;
      unanswered = null;
      store.setState(idle);
    },
  };
}
