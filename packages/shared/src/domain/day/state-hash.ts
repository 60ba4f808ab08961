/**
 * One hash for the whole state of a day, so that devices can tell at every hundredth row and at day close whether they
 * hold the same (rules O7, X5). Incremental: a hash is taken of each entity that changed since it was last asked for,
 * and all entities' hashes are combined by exclusive or, so neither the day's size nor the order of changes matters.
 *
 * It finds divergence, not forgery: the chain of the order guards the events themselves.
 */
import type { Sha256 } from '../../lib/hash.ts';
import { canonicalJson } from '../../sync/canonical-json.ts';
import type { CounterState, UndoableAction } from '../counter/counter.ts';
import type { DayChanges } from './day-state.ts';

export interface StateHasher {
  /** Takes note of what was applied to the store, in the order it was applied. */
  note(changes: DayChanges): void;
  /** 64 hex digits; of all zeros before the first change. */
  hash(): string;
}

/** 256 bits as eight words of 32. */
const WORDS = 8;
const HEX_PER_WORD = 8;

export function createStateHasher(sha256: Sha256): StateHasher {
  const combined = new Uint32Array(WORDS);
  const hashes = new Map<string, string>();
  /** Entities changed since the last `hash()`: of many changes only the last one counts. */
  const dirty = new Map<string, () => unknown>();

  /** By identity: state is never changed in place, and what is no longer kept is forgotten. */
  const actionHashes = new WeakMap<UndoableAction, string>();

  const hashAction = (action: UndoableAction): string => {
    const known = actionHashes.get(action) ?? sha256(canonicalJson(action));
    actionHashes.set(action, known);
    return known;
  };
  const shorten = (counter: CounterState) => ({ ...counter, undoable: counter.undoable.map(hashAction) });

  const toggle = (hash: string) => {
    for (let i = 0; i < WORDS; i++) {
      const word = Number.parseInt(hash.slice(i * HEX_PER_WORD, (i + 1) * HEX_PER_WORD), 16);
      combined[i] = (combined[i] ?? 0) ^ word;
    }
  };

  return {
    note({ info, visits, counters, series, commands, rejection }) {
      if (info !== undefined) dirty.set('info', () => info);
      for (const visit of visits ?? []) dirty.set(`visit/${visit.id}`, () => visit);
      for (const counter of counters ?? []) dirty.set(`counter/${counter.id}`, () => shorten(counter));
      for (const one of series ?? []) dirty.set(`series/${one.id}`, () => one);
      for (const { id, outcome } of commands ?? []) dirty.set(`command/${id}`, () => outcome);
      if (rejection !== undefined) dirty.set(`rejection/${rejection.row}`, () => rejection);
    },
    hash() {
      for (const [key, content] of dirty) {
        const before = hashes.get(key);
        if (before !== undefined) toggle(before);
        const after = sha256(canonicalJson([key, content()]));
        toggle(after);
        hashes.set(key, after);
      }
      dirty.clear();
      return [...combined].map((word) => word.toString(16).padStart(HEX_PER_WORD, '0')).join('');
    },
  };
}
