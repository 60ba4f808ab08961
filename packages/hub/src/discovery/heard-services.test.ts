import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { Heard } from '@aufruf/shared/protocol/discovery';
import { mitte } from '@aufruf/shared/protocol/test/announcement';
import { describe, expect, it } from 'vitest';
import { heardAt } from './discovery.contract.ts';
import { createHeardServices, MAX_HEARD } from './heard-services.ts';

const news = (instance: string, heard: Heard | null = heardAt(mitte), ttlS = 120) => ({ instance, heard, ttlS });

describe('services that are heard', () => {
  it('are told once, and again when something about them changes', () => {
    const services = createHeardServices();
    expect(services.note([news('a')], 0)).toBe(true);
    expect(services.note([news('a')], 0)).toBe(false);
    expect(services.note([news('a', { ...heardAt(mitte), url: 'http://10.0.0.9:4700' })], 0)).toBe(true);
    expect(services.list().map(({ url }) => url)).toEqual(['http://10.0.0.9:4700']);
  });

  it('are forgotten by a goodbye, or when they were not heard for as long as they said', () => {
    const services = createHeardServices();
    services.note([news('a'), news('b', heardAt(mitte), 10)], 0);
    expect(services.expire(10 * SECOND_MS - 1)).toBe(false);
    expect(services.expire(10 * SECOND_MS)).toBe(true);
    expect(services.list()).toHaveLength(1);
    expect(services.note([news('a', null)], 0)).toBe(true);
    expect(services.note([news('a', null)], 0)).toBe(false);
    expect(services.list()).toEqual([]);
  });

  it('Bad input: of a flood MAX_HEARD are kept, and those who were there before it stay', () => {
    const services = createHeardServices();
    const flood = Array.from({ length: MAX_HEARD }, (_, n) => news(`flood-${n}`));
    services.note([news('a')], 0);
    services.note(flood, 0);
    expect(services.list()).toHaveLength(MAX_HEARD);
    const moved = { ...heardAt(mitte), url: 'http://10.0.0.9:4700' };
    expect(services.note([news('a', moved)], 1)).toBe(true);
    expect(services.list()).toContainEqual(moved);
    expect(services.note([news('late')], 1)).toBe(false);
  });
});
