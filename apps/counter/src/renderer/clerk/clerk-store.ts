/**
 * What this window has under way: one command at a time, whoever starts it (a button, a key, a dialog).
 *
 * - While an answer is awaited, further presses do nothing: one press, one command.
 * - When no answer came (`unreachable`), the same step pressed again carries the same command id, so that it happens once.
 * - A granted command stays pending until the screen has seen its effect (or SETTLE_MS have passed), so that a fast
 *   second press meets the new state and not the old one.
 */
import type { Bridge } from '@aufruf/shared/bridge/bridge';
import type { CommandInput } from '@aufruf/shared/domain/commands';
import type { ClerkCommand, ClerkRefusal } from '@aufruf/shared/i18n/counter/texts';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { RendererPlatform } from '@aufruf/ui/platform/renderer-platform';
import type { TopicStore } from '@aufruf/ui/state/topic-store';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** Longest wait for the effect of a granted command to show, ms. */
export const SETTLE_MS = 600;

export interface ClerkState {
  readonly pending: ClerkCommand | null;
  /** What was turned down last, until the next step. */
  readonly refusal: ClerkRefusal | null;
  /** Rises with each refusal, so that the same one twice is said twice. */
  readonly refusals: number;
}

export interface Clerk {
  readonly store: StoreApi<ClerkState>;
  /** True if the step was carried out; false if it was refused, or ignored because another one is under way. */
  send<N extends ClerkCommand>(name: N, input: CommandInput<N>): Promise<boolean>;
  /** Sends the unanswered step again, under its own id. Does nothing if there is none. */
  retry(): Promise<boolean>;
  /** Says why a key does nothing here, in the words of the refusal the host would give. */
  say(refusal: ClerkRefusal): void;
  dismiss(): void;
}

interface Step {
  readonly name: ClerkCommand;
  readonly input: CommandInput<ClerkCommand>;
  readonly inputJson: string;
  readonly commandId: CommandId;
}

export function createClerk(bridge: Bridge, topics: TopicStore, platform: RendererPlatform): Clerk {
  const store = createStore<ClerkState>(() => ({ pending: null, refusal: null, refusals: 0 }));
  let unanswered: Step | null = null;

  /** Resolves once any topic has a value other than those `before`, or after SETTLE_MS. */
  function settled(before: unknown): Promise<void> {
    if (topics.store.getState().values !== before) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        stop();
        cancel();
        resolve();
      };
      const stop = topics.store.subscribe(({ values }) => values !== before && end());
      const cancel = platform.schedule(SETTLE_MS, end);
    });
  }

  async function carryOut(step: Step): Promise<boolean> {
    store.setState({ pending: step.name, refusal: null });
    const before = topics.store.getState().values;
    const result = await bridge.call(step.name, step.input, step.commandId);
    if (result.ok) {
      unanswered = null;
      await settled(before);
      store.setState({ pending: null });
      return true;
    }
    unanswered = result.refusal.type === 'unreachable' ? step : null;
    const { refusals } = store.getState();
    store.setState({ pending: null, refusal: result.refusal.type as ClerkRefusal, refusals: refusals + 1 });
    return false;
  }

  return {
    store,
    async send(name, input) {
      if (store.getState().pending !== null) return false;
      const inputJson = JSON.stringify(input);
      const isSame = unanswered?.name === name && unanswered.inputJson === inputJson;
      return carryOut(
        isSame && unanswered ? unanswered : { name, input, inputJson, commandId: platform.newCommandId() },
      );
    },
    async retry() {
      if (store.getState().pending !== null || unanswered === null) return false;
      return carryOut(unanswered);
    },
    say(refusal) {
      if (store.getState().pending !== null) return;
      store.setState(({ refusals }) => ({ refusal, refusals: refusals + 1 }));
    },
    dismiss() {
      store.setState({ refusal: null });
    },
  };
}
