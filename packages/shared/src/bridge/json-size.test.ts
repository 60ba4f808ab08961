import { describe, expect, it } from 'vitest';
import { jsonBytes } from './json-size.ts';

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
