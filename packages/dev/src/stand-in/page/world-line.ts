/**
 * Between the two worlds of one page, the preload's and the page's own, as Electron's contextBridge has it: functions and
 * promises become proxies of each other, everything else is copied. Events on the document carry texts across, at once.
 *
 * Runs in pages, where it arrives as source text: nothing from outside may be used in it but its arguments.
 */
import type { CloneCodec } from './clone-codec.ts';

export interface WorldLine {
  /** What the other world gets for a value. @throws Error for what may not cross */
  toOther(value: unknown, depth?: number): unknown;
  fromOther(passed: unknown): unknown;
  /** Calls a handler in the other world, at once. @throws what the handler throws; Error where there is none */
  ask(handler: string, ...args: readonly unknown[]): unknown;
  /** What the other world may ask of this one. Arguments and results are passed values. */
  readonly handlers: Record<string, (...args: never[]) => unknown>;
}

interface Passed {
  readonly kind: 'function' | 'promise' | 'object' | 'array' | 'error' | 'clone';
  readonly value: unknown;
}

/** `mine`, `theirs`: names of the events for each side, which nobody else knows. */
export function createWorldLine(codec: CloneCodec, mine: string, theirs: string): WorldLine {
  const MAX_DEPTH = 1_000;
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void }
  >();
  const { dispatchEvent } = EventTarget.prototype;
  let lastId = 0;
  let answer: { readonly ok: boolean; readonly value: unknown } | null = null;

  const toError = (error: unknown): Passed => {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'error', value: { name, message, stack } };
  };
  const isCopied = (value: object): boolean =>
    ArrayBuffer.isView(value) ||
    [Date, RegExp, Map, Set, WeakMap, WeakSet, ArrayBuffer, Blob].some((type) => value instanceof type);

  function toOther(value: unknown, depth = 0): Passed {
    if (depth > MAX_DEPTH)
      throw new Error(
        'Electron contextBridge recursion depth exceeded. Nested objects deeper than 1000 are not supported.',
      );
    if (typeof value === 'function') {
      lastId += 1;
      functions.set(lastId, value as (...args: unknown[]) => unknown);
      return { kind: 'function', value: lastId };
    }
    if (value instanceof Promise) return passPromise(value);
    if (value instanceof Error) return toError(value);
    if (Array.isArray(value)) return { kind: 'array', value: value.map((item) => toOther(item, depth + 1)) };
    if (typeof value === 'object' && value !== null && !isCopied(value)) {
      if (value instanceof EventTarget || value instanceof Node)
        throw new Error('The stand-in has no elements and targets of events across the contextBridge.');
      // Own properties alone: prototypes, and with them methods of classes, do not cross.
      return {
        kind: 'object',
        value: Object.entries(value).map(([key, held]) => [key, toOther(held, depth + 1)]),
      };
    }
    return { kind: 'clone', value: codec.encode(value) };
  }

  function passPromise(promise: Promise<unknown>): Passed {
    lastId += 1;
    const id = lastId;
    const settle = (ok: boolean, passed: Passed): void => void ask('settle', id, ok, passed);
    promise.then(
      (value) => {
        try {
          settle(true, toOther(value));
        } catch (error) {
          settle(false, toError(error));
        }
      },
      (error: unknown) => settle(false, toError(error)),
    );
    return { kind: 'promise', value: id };
  }

  function fromOther(passed: unknown): unknown {
    const { kind, value } = passed as Passed;
    switch (kind) {
      case 'function':
        return (...args: unknown[]) =>
          fromOther(
            ask(
              'call',
              value,
              args.map((arg) => toOther(arg)),
            ),
          );
      case 'promise':
        return new Promise((resolve, reject) => promises.set(value as number, { resolve, reject }));
      case 'error': {
        const { name, message, stack } = value as Error;
        return Object.assign(new Error(message), { name, stack });
      }
      case 'array':
        return (value as unknown[]).map(fromOther);
      case 'object':
        return Object.fromEntries((value as [string, unknown][]).map(([key, held]) => [key, fromOther(held)]));
      default:
        return codec.decode(value as string);
    }
  }

  function ask(handler: string, ...args: readonly unknown[]): unknown {
    answer = null;
    const event = new CustomEvent(theirs, { detail: JSON.stringify({ handler, args }) });
    dispatchEvent.call(document, event);
    // Narrowing does not see that the other world answers while the event is dispatched.
    const given = answer as { readonly ok: boolean; readonly value: unknown } | null;
    if (given === null) throw new Error(`The other world of the page did not answer "${handler}".`);
    answer = null;
    if (!given.ok) throw fromOther(given.value);
    return given.value;
  }

  const handlers: WorldLine['handlers'] = {
    answer: ((ok: boolean, value: unknown) => {
      answer = { ok, value };
    }) as never,
    call: ((id: number, args: readonly unknown[]) =>
      toOther(functions.get(id)?.(...args.map((arg) => fromOther(arg))))) as never,
    settle: ((id: number, ok: boolean, passed: unknown) => {
      const promise = promises.get(id);
      promises.delete(id);
      if (ok) promise?.resolve(fromOther(passed));
      else promise?.reject(fromOther(passed));
    }) as never,
  };

  document.addEventListener(mine, (event) => {
    const { handler, args } = JSON.parse((event as CustomEvent<string>).detail) as {
      readonly handler: string;
      readonly args: never[];
    };
    const reply = (...parts: readonly unknown[]) =>
      dispatchEvent.call(
        document,
        new CustomEvent(theirs, { detail: JSON.stringify({ handler: 'answer', args: parts }) }),
      );
    if (handler === 'answer') return void handlers.answer?.(...args);
    const act = handlers[handler];
    if (act === undefined) return;
    try {
      reply(true, act(...args));
    } catch (error) {
      reply(false, toError(error));
    }
  });

  return { toOther, fromOther, ask, handlers };
}
