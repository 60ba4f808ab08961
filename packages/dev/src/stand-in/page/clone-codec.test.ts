import { describe, expect, it } from 'vitest';
import { createCloneCodec } from './clone-codec.ts';

const { encode, decode } = createCloneCodec();

describe('the codec of messages', () => {
  it.each([
    ['text', 'a'],
    ['nothing', undefined],
    ['null', null],
    ['not a number', Number.NaN],
    ['endless', Number.NEGATIVE_INFINITY],
    ['minus zero', -0],
    ['a large number', 2n ** 80n],
    ['a date', new Date(1_700_000_000_000)],
    ['a pattern', /a+/giu],
    ['a list with a hole in it', [1, undefined, 'x']],
    ['a map of sets', new Map([['a', new Set([1, 2])]])],
    ['bytes', new Uint8Array([0, 127, 255])],
    ['part of a buffer', new Uint16Array(new Uint16Array([1, 2, 3]).buffer, 2, 2)],
    ['a buffer', new Uint8Array(70_000).fill(7).buffer],
    ['nested objects', { a: { b: [{ c: 1 }] }, __proto: 1 }],
  ])('keeps %s', (_what, value) => {
    expect(decode(encode(value))).toEqual(value);
  });

  it('keeps an error with its name', () => {
    const error = decode(encode(new RangeError('too far'))) as Error;
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'RangeError', message: 'too far' });
  });

  it('keeps cycles and what is shared', () => {
    const shared = { n: 1 };
    const value: Record<string, unknown> = { a: shared, b: shared };
    value.self = value;
    const copy = decode(encode(value)) as Record<string, unknown>;
    expect(copy.self).toBe(copy);
    expect(copy.a).toBe(copy.b);
  });

  it('drops prototypes and reads getters, as a structured clone does', () => {
    class Ticket {
      number = 'A001';
      get label() {
        return 'never own';
      }
    }
    const given = Object.defineProperty({}, 'read', { enumerable: true, get: () => 5 });
    expect(decode(encode([new Ticket(), given]))).toEqual([{ number: 'A001' }, { read: 5 }]);
  });

  it.each([
    ['a function', { f: () => 1 }],
    ['a symbol', Symbol('x')],
    ['a promise', Promise.resolve()],
    ['a weak map', new WeakMap()],
    ['a blob', new Blob(['x'])],
  ])('refuses %s in the words of Electron', (_what, value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned.');
  });
});
