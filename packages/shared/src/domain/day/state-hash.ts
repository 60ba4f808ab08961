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
import { isClosed } from '../visit/visit.ts';
import { readDay } from './day-draft.ts';
import type { DayChanges, DayState } from './day-state.ts';

export interface StateHasher {
  /** Takes note of changes that are about to be applied to `before`, the state hashed here. Each in its turn. */
  note(changes: DayChanges, before: DayState): void;
  /** 64 hex digits; of all zeros before the first change. */
  hash(): string;
}

/** 256 bits as eight words of 32. */
const WORDS = 8;
const HEX_PER_WORD = 8;

/** An entity changed since the last `hash()`; of many changes only the last one counts. */
interface Dirty {
  /** What is combined already, where its hash is not remembered; undefined = nothing. */
  readonly before: unknown;
  readonly after: () => unknown;
  /** Whether it will change again, so that its hash is worth remembering. */
  readonly isAlive: boolean;
}

export function createStateHasher(sha256: Sha256): StateHasher {
  const combined = new Uint32Array(WORDS);
  /** Of what goes on changing. All others would be a heap that grows with the day, and are hashed again if need be. */
  const hashes = new Map<string, string>();
  const dirty = new Map<string, Dirty>();

  /** By identity: state is never changed in place, and what is no longer kept is forgotten. */
  const actionHashes = new WeakMap<UndoableAction, string>();

  const hashAction = (action: UndoableAction): string => {
    const known = actionHashes.get(action) ?? sha256(canonicalJson(action));
    actionHashes.set(action, known);
    return known;
  };
  const shorten = (counter: CounterState) => ({ ...counter, undoable: counter.undoable.map(hashAction) });
  const hashEntity = (key: string, entity: unknown): string => sha256(canonicalJson([key, entity]));

  const toggle = (hash: string) => {
    for (let i = 0; i < WORDS; i++) {
      const word = Number.parseInt(hash.slice(i * HEX_PER_WORD, (i + 1) * HEX_PER_WORD), 16);
      combined[i] = (combined[i] ?? 0) ^ word;
    }
  };

  function mark(
    key: string,
    isAlive: boolean,
    after: () => unknown,
    findBefore: () => unknown = () => undefined,
  ): void {
    const known = dirty.get(key);
    const before = known !== undefined || hashes.has(key) ? known?.before : findBefore();
    dirty.set(key, { before, after, isAlive });
  }

  return {
    note({ info, visits, counters, series, commands, rejection }, before) {
      // What is alive from the first time on has its hash remembered ever after.
      if (info !== undefined) mark('info', true, () => info);
      for (const counter of counters ?? []) mark(`counter/${counter.id}`, true, () => shorten(counter));
      for (const one of series ?? []) mark(`series/${one.id}`, true, () => one);
      const { visit: visitBefore } = readDay(before);
      for (const visit of visits ?? [])
        mark(
          `visit/${visit.id}`,
          !isClosed(visit),
          () => visit,
          () => visitBefore(visit.id),
        );
      for (const { id, outcome } of commands ?? [])
        mark(
          `command/${id}`,
          false,
          () => outcome,
          () => before.commands.get(id),
        );
      // Never changed again.
      if (rejection !== undefined) mark(`rejection/${rejection.row}`, false, () => rejection);
    },
    hash() {
      for (const [key, { before, after, isAlive }] of dirty) {
        const hashBefore = hashes.get(key) ?? (before === undefined ? null : hashEntity(key, before));
        if (hashBefore !== null) toggle(hashBefore);
        const hash = hashEntity(key, after());
        toggle(hash);
        if (isAlive) hashes.set(key, hash);
        else hashes.delete(key);
      }
      dirty.clear();
      return [...combined].map((word) => word.toString(16).padStart(HEX_PER_WORD, '0')).join('');
    },
  };
}
