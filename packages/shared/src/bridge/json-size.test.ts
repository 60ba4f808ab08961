import { describe, expect, it } from 'vitest';
import { jsonBytes, utf8Bytes } from './json-size.ts';

describe('utf8Bytes', () => {
  it.each(['', 'abc', 'äöü', 'Привет', '日本', '👍🏽 ok', 'lone \ud83d half', '\udc00\ud800'])(
    'counts %j as an encoder does',
    (text) => {
      expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
    },
  );
});

describe('jsonBytes', () => {
  it('counts the JSON, not the text', () => {
    expect(jsonBytes({ a: 'ä' })).toBe(10);
  });

  it('answers null for what is not JSON', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(jsonBytes(cycle)).toBeNull();
    expect(jsonBytes(1n)).toBeNull();
    expect(jsonBytes(undefined)).toBeNull();
  });
});
