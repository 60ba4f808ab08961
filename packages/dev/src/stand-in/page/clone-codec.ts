/**
 * Structured clone as text, for values that cross between an app's main process and its page: keeps what Electron's IPC
 * keeps (dates, maps, typed arrays, errors, cycles, `undefined`) and refuses what it refuses.
 *
 * Runs in Node and in pages, where it arrives as source text: nothing from outside may be used in it.
 */
export interface CloneCodec {
  /** @throws Error "An object could not be cloned." */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

type Node = readonly [kind: string, ...parts: readonly unknown[]];

export function createCloneCodec(): CloneCodec {
  const uncloneable = () => new Error('An object could not be cloned.');
  const BUFFER_CHUNK = 0x2000;
  const toBase64 = (buffer: ArrayBufferLike): string => {
    const bytes = new Uint8Array(buffer);
    let binary = '';
    for (let at = 0; at < bytes.length; at += BUFFER_CHUNK)
      binary += String.fromCharCode(...bytes.subarray(at, at + BUFFER_CHUNK));
    return btoa(binary);
  };
  const fromBase64 = (text: string): ArrayBuffer => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;

  function encode(value: unknown): string {
    let clone: unknown;
    try {
      // The engine's own rules: getters are read, prototypes dropped, functions and symbols refused.
      clone = structuredClone(value);
    } catch {
      throw uncloneable();
    }
    const nodes: Node[] = [];
    const seen = new Map<object, number>();

    const add = (part: unknown): number => {
      if (typeof part === 'object' && part !== null) {
        const known = seen.get(part);
        if (known !== undefined) return known;
      }
      const index = nodes.push(['u']) - 1;
      if (typeof part === 'object' && part !== null) {
        seen.set(part, index);
        nodes[index] = objectNode(part);
      } else nodes[index] = primitiveNode(part);
      return index;
    };
    const primitiveNode = (part: unknown): Node => {
      if (part === undefined) return ['u'];
      if (typeof part === 'bigint') return ['i', String(part)];
      if (typeof part === 'number' && (!Number.isFinite(part) || Object.is(part, -0)))
        return ['n', Object.is(part, -0) ? '-0' : String(part)];
      return ['p', part];
    };
    const objectNode = (part: object): Node => {
      if (Array.isArray(part)) return ['a', part.map(add)];
      const builtIn = builtInNode(part);
      if (builtIn !== null) return builtIn;
      if (Object.getPrototypeOf(part) !== Object.prototype) throw uncloneable();
      return ['o', Object.entries(part).map(([key, held]) => [key, add(held)])];
    };
    const builtInNode = (part: object): Node | null => {
      if (part instanceof Date) return ['d', part.getTime()];
      if (part instanceof RegExp) return ['r', part.source, part.flags];
      if (part instanceof Map) return ['m', [...part].map(([key, held]) => [add(key), add(held)])];
      if (part instanceof Set) return ['s', [...part].map(add)];
      if (part instanceof Error) return ['e', part.name, part.message, part.stack];
      if (part instanceof ArrayBuffer) return ['b', toBase64(part)];
      if (!ArrayBuffer.isView(part)) return null;
      const { length = part.byteLength } = part as Uint8Array;
      return ['t', part.constructor.name, add(part.buffer), part.byteOffset, length];
    };
    add(clone);
    return JSON.stringify(nodes);
  }

  function decode(text: string): unknown {
    const nodes: readonly Node[] = JSON.parse(text);
    const made = new Map<number, unknown>();
    const keep = <T>(index: number, value: T): T => {
      made.set(index, value);
      return value;
    };
    type Parts = readonly [first: never, second: never, third: never, fourth: never];
    const readers: Readonly<Record<string, (parts: Parts, index: number) => unknown>> = {
      p: ([value]) => value,
      u: () => undefined,
      n: ([text]) => Number(text),
      i: ([text]) => BigInt(text),
      d: ([ms]) => new Date(ms),
      r: ([source, flags]) => new RegExp(source, flags),
      b: ([base64]) => fromBase64(base64),
      e: ([name, message, stack]) => Object.assign(new Error(message), { name, stack }),
      t([type, buffer, offset, length]) {
        const View = (globalThis as unknown as Record<string, new (...args: unknown[]) => unknown>)[type];
        if (View === undefined) throw uncloneable();
        return new View(read(buffer), offset, length);
      },
      // What holds others is kept before they are read: they may hold it in turn.
      a([items], index) {
        const list = keep(index, [] as unknown[]);
        for (const item of items as readonly number[]) list.push(read(item));
        return list;
      },
      m([entries], index) {
        const map = keep(index, new Map());
        for (const [key, value] of entries as readonly [number, number][]) map.set(read(key), read(value));
        return map;
      },
      s([items], index) {
        const set = keep(index, new Set());
        for (const item of items as readonly number[]) set.add(read(item));
        return set;
      },
      o([entries], index) {
        const object = keep(index, {} as Record<string, unknown>);
        for (const [key, value] of entries as readonly [string, number][])
          Object.defineProperty(object, key, {
            value: read(value),
            enumerable: true,
            writable: true,
            configurable: true,
          });
        return object;
      },
    };
    const read = (index: number): unknown => {
      if (made.has(index)) return made.get(index);
      const [kind = '', ...parts] = nodes[index] ?? [];
      return keep(index, readers[kind]?.(parts as unknown as Parts, index));
    };
    return read(0);
  }

  return { encode, decode };
}
