/**
 * Commands that were sent and not answered yet. Delivery is this file's business, not the socket's (rule P2): each is
 * sent again with the same command id, at once after a reconnect and every CALL_RETRY_MS otherwise, until it is
 * answered or CALL_TIMEOUT_MS have passed. The host answers a repeated id without repeating the command.
 */
import {
  CALL_RETRY_MS,
  CALL_TIMEOUT_MS,
  type CallInput,
  type CallName,
  type CallResult,
} from '@aufruf/shared/bridge/bridge';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { RendererPlatform } from '../platform/renderer-platform.ts';

export interface CallMessage {
  readonly name: CallName;
  readonly input: CallInput<CallName>;
  readonly commandId: CommandId;
}

export interface PendingCalls {
  /** Sends a command and settles once, with the answer or `unreachable`. */
  start(message: CallMessage): Promise<CallResult<CallName>>;
  /** Sends all unanswered commands again; called when the link is up. */
  resendAll(): void;
  /** Settles everything as `unreachable`. */
  close(): void;
}

interface Pending {
  send(): void;
  settle(result: CallResult<CallName>): void;
}

/** `send` hands one attempt to the wire, or does nothing while there is none; `onAnswer` may be called any number of times. */
export function createPendingCalls(
  platform: RendererPlatform,
  send: (message: CallMessage, onAnswer: (answer: unknown) => void) => void,
): PendingCalls {
  const pending = new Set<Pending>();

  return {
    start(message) {
      return new Promise((resolve) => {
        let cancelRetry = (): void => {};
        const call: Pending = {
          send() {
            cancelRetry();
            cancelRetry = platform.schedule(CALL_RETRY_MS, call.send);
            send(message, (answer) => {
              if (isCallResult(answer)) call.settle(answer);
            });
          },
          settle(result) {
            // A second answer to a repeated command comes too late to matter; it is the same.
            if (!pending.delete(call)) return;
            cancelRetry();
            cancelTimeout();
            resolve(result);
          },
        };
        const cancelTimeout = platform.schedule(CALL_TIMEOUT_MS, () => call.settle(unreachable));
        pending.add(call);
        call.send();
      });
    },
    resendAll() {
      for (const call of [...pending]) call.send();
    },
    close() {
      for (const call of [...pending]) call.settle(unreachable);
    },
  };
}

const unreachable = { ok: false, refusal: { type: 'unreachable', detail: 'no answer in time' } } as const;

/** The host is trusted, its answer's shape is looked at all the same: half an answer must not look like a success. */
function isCallResult(answer: unknown): answer is CallResult<CallName> {
  if (typeof answer !== 'object' || answer === null) return false;
  const { ok, value, refusal } = answer as {
    readonly ok?: unknown;
    readonly value?: unknown;
    readonly refusal?: unknown;
  };
  if (ok === true) return typeof value === 'object' && value !== null;
  return ok === false && typeof (refusal as { readonly type?: unknown } | undefined)?.type === 'string';
}
