/** Who has been heard lately. Bounded: whoever fills it keeps newcomers out, and pushes nobody out who is there. */
import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { Heard } from '@aufruf/shared/protocol/discovery';
import type { ServiceNews } from './service-records.ts';

/** A location has one hub and at most ten relays; a house may have some locations. */
export const MAX_HEARD = 64;

export interface HeardServices {
  /** Returns whether anything has changed. */
  note(news: readonly ServiceNews[], monoMs: number): boolean;
  /** Forgets who has not been heard for as long as it said; returns whether anybody. */
  expire(monoMs: number): boolean;
  list(): readonly Heard[];
}

export function createHeardServices(): HeardServices {
  const known = new Map<string, { readonly heard: Heard; readonly untilMonoMs: number }>();

  function noteOne({ instance, heard, ttlS }: ServiceNews, monoMs: number): boolean {
    if (heard === null) return known.delete(instance);
    const before = known.get(instance);
    if (before === undefined && known.size >= MAX_HEARD) return false;
    known.set(instance, { heard, untilMonoMs: monoMs + ttlS * SECOND_MS });
    return JSON.stringify(before?.heard) !== JSON.stringify(heard);
  }

  return {
    note: (news, monoMs) => news.map((one) => noteOne(one, monoMs)).includes(true),
    expire(monoMs) {
      const expired = [...known].filter(([, { untilMonoMs }]) => untilMonoMs <= monoMs);
      for (const [instance] of expired) known.delete(instance);
      return expired.length > 0;
    },
    list: () => [...known.values()].map(({ heard }) => heard),
  };
}
