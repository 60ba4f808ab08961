/**
 * Nothing of the stand-in is silently absent: what it lacks says so at the moment an app reaches for it. A test must
 * never pass because `undefined` was as good as an answer.
 */
import { EventEmitter } from 'node:events';

export class StandInLacks extends Error {
  constructor(what: string) {
    super(`The stand-in has no ${what}. Add it to packages/dev/src/stand-in, or do without it.`);
  }
}

/** What the language itself looks for on any object. */
const LOOKED_FOR = new Set(['then', 'toJSON']);
/** What a destroyed object still answers. */
const AFTER_DESTRUCTION = new Set(['isDestroyed', ...Object.keys(EventEmitter.prototype)]);

/** `target`, but that properties it lacks throw; and all of them once it is destroyed, as in Electron. */
export function strict<T extends object>(name: string, target: T, isDestroyed: () => boolean = () => false): T {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'symbol') return Reflect.get(object, key);
      if (isDestroyed() && !AFTER_DESTRUCTION.has(key) && Object.hasOwn(object, key) && !key.startsWith('_'))
        throw new TypeError('Object has been destroyed');
      if (key in object || LOOKED_FOR.has(key)) return Reflect.get(object, key);
      throw new StandInLacks(`${name}.${key}`);
    },
  });
}

/** A whole module or class that is absent: throws whatever is done with it. */
export function absent(name: string): unknown {
  const lacks = (): never => {
    throw new StandInLacks(name);
  };
  return new Proxy(function missing() {}, {
    get: (_target, key) => (typeof key === 'symbol' || LOOKED_FOR.has(key) ? undefined : lacks()),
    apply: lacks,
    construct: lacks,
  });
}

/**
 * An emitter with an API on it, strict in both: listening for an event that the stand-in never emits throws, too.
 * `events`: those it emits, and those that cannot happen in it.
 */
export function strictEmitter<T extends object>(
  name: string,
  events: readonly string[],
  api: T,
  isDestroyed?: () => boolean,
): T & EventEmitter {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const known = new Set(['newListener', 'removeListener', 'error', ...events]);
  const check = (event: string | symbol): void => {
    if (typeof event === 'string' && !known.has(event)) throw new StandInLacks(`event "${event}" of ${name}`);
  };
  for (const method of ['on', 'addListener', 'once', 'prependListener', 'prependOnceListener'] as const) {
    const original = emitter[method].bind(emitter);
    Object.defineProperty(emitter, method, {
      value(event: string | symbol, listener: (...args: unknown[]) => void) {
        check(event);
        original(event, listener);
        return this;
      },
    });
  }
  Object.defineProperties(emitter, Object.getOwnPropertyDescriptors(api));
  return strict(name, emitter as T & EventEmitter, isDestroyed);
}

/** An Electron event: may be prevented, and carries its details. */
export type PreventableEvent<D extends object = object> = D & {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
};

export function preventable<D extends object>(details: D): PreventableEvent<D> {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}
