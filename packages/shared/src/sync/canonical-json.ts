/**
 * One text for one value: JSON in the canonical form of RFC 8785 (JCS), so that every device hashes the same event to
 * the same value, whatever order its properties were set in.
 *
 * Properties are sorted by UTF-16 code units, numbers are written as ECMAScript writes them (-0 as 0), strings carry
 * only the escapes JSON demands, nothing is indented.
 */

/** Deepest nesting of arrays and objects. A hostile event must end in a refusal, not in a stack overflow. */
export const MAX_JSON_DEPTH = 64;

/** The value has no canonical form. From outside that is a malformed message; from inside it is a bug. */
export class NotCanonicalError extends Error {
  constructor(reason: string) {
    super(`No canonical JSON: ${reason}`);
    this.name = 'NotCanonicalError';
  }
}

/**
 * `depth`: levels of nesting around the value already.
 * @throws NotCanonicalError for what JSON cannot say or I-JSON forbids: undefined (as a property too: an absent property
 * must be absent), NaN, infinities, bigint, functions, symbols, lone surrogates, class instances such as Date or Map, and
 * nesting deeper than MAX_JSON_DEPTH.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  return write(value, depth);
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value);
    case 'number':
      // JSON.stringify would turn these into null without a word.
      if (!Number.isFinite(value)) throw new NotCanonicalError(`the number ${value}`);
      // ECMAScript's own text, which RFC 8785 section 3.2.2.3 asks for; of -0 it is 0.
      return `${value}`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth === MAX_JSON_DEPTH) throw new NotCanonicalError(`nested deeper than ${MAX_JSON_DEPTH}`);
      return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1);
    default:
      throw new NotCanonicalError(`a value of type ${typeof value}`);
  }
}

/** Printable ASCII without the quote and the backslash: nearly every string there is, and its own JSON. */
const PLAIN = /^[ !#-[\]-~]*$/;

function writeString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new NotCanonicalError('a string with a lone surrogate');
  // ECMAScript's own escaping is the one RFC 8785 section 3.2.2.2 asks for.
  return JSON.stringify(text);
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = '[';
  // By index, not by iterator: a hole must be seen as undefined and refused.
  for (let i = 0; i < items.length; i++) {
    if (i > 0) text += ',';
    text += write(items[i], depth);
  }
  return `${text}]`;
}

function writeObject(object: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  // Of another realm (vm, iframe) is plain too; a class instance has one more level above it.
  if (prototype !== Object.prototype && prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new NotCanonicalError('a class instance');
  let text = '{';
  for (const key of sortedKeys(object)) {
    if (text.length > 1) text += ',';
    text += (names.get(key) ?? writeName(key)) + write((object as Record<string, unknown>)[key], depth);
  }
  return `${text}}`;
}

/** Up to so many are sorted faster here than by `sort`; few objects have more. */
const FEW_KEYS = 24;

/** By UTF-16 code units, the order section 3.2.3 asks for, in which `<` and `sort` compare. */
function sortedKeys(object: object): readonly string[] {
  const keys = Object.keys(object);
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string;
    let to = i;
    for (; to > 0 && key < (keys[to - 1] as string); to--) keys[to] = keys[to - 1] as string;
    keys[to] = key;
  }
  return keys;
}

/** Names of properties as they are written. There are some hundreds; whoever invents more must not fill the memory. */
const names = new Map<string, string>();
const MAX_KNOWN_NAMES = 1_000;

function writeName(key: string): string {
  const name = `${writeString(key)}:`;
  if (names.size < MAX_KNOWN_NAMES) names.set(key, name);
  return name;
}
