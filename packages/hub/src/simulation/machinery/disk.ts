/**
 * A disk that survives its process, and can do to it what disks do: refuse because it is full, forget what was not
 * flushed when the power fails, be swapped for a new one, be set back to an older state, be copied. It also ends the
 * process at a commit of one's choice, just before it or just after.
 *
 * Keeps every commit as what it did, so that any earlier state can be made again by doing it over.
 */
import { sha256 } from '@aufruf/engine/platform/sha256';
import { type EventStore, StorageFault } from '@aufruf/engine/store/event-store';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import type { VerifiedEntry } from '@aufruf/engine/store/verified-entry';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import { Killed, type Process } from './machine.ts';
import type { ShareEntry } from './shared-entries.ts';

/** One write of a transaction, to be done again. */
type Write = (store: EventStore) => void;
type Commit = readonly Write[];

export interface Disk {
  readonly device: DeviceId;
  readonly incarnation: Incarnation;
  /** The store as a process sees it; dead processes cannot use theirs. */
  open(process: Process): EventStore;
  /** The store as an onlooker sees it, for reading. */
  peek(): EventStore;
  /** Whether commits are refused. */
  setFull(isFull: boolean): void;
  /** Kills the process that does the `after`-th commit from now (1 = the next), before or after it is done; null = none. */
  planCrash(plan: { readonly after: number; readonly when: 'before' | 'after' } | null): void;
  commits(): number;
  /** The machine has lost power, its process is dead: what had not been flushed is gone. */
  losePower(): void;
  /** The state after the first `commits` commits comes back. */
  rollBack(commits: number): void;
  /** Another disk with the same content. */
  copy(): Disk;
}

export interface DiskOptions {
  readonly device: DeviceId;
  readonly incarnation: Incarnation;
  /** How many of the last commits a power failure takes; 0 for `synchronous=FULL` (S1). */
  readonly unflushed: () => number;
  readonly share: ShareEntry;
}

export function createDisk(options: DiskOptions, history: readonly Commit[] = []): Disk {
  const { device, incarnation, unflushed, share } = options;
  let done: Commit[] = [...history];
  let inner = remake(done);
  let isFull = false;
  /** What the last process has noted; the power takes it. */
  let note: string | null = null;
  let crash: { after: number; readonly when: 'before' | 'after' } | null = null;

  function remake(commits: readonly Commit[]): EventStore {
    const store = createMemoryStore({ device, platform: { newIncarnation: () => incarnation, sha256 } });
    for (const writes of commits) {
      store.transact(() => {
        for (const write of writes) write(store);
      });
    }
    return store;
  }

  function open(process: Process): EventStore {
    let writes: Write[] = [];
    /** For what a store does: only for the living. */
    const alive = <A extends unknown[], R>(call: (...args: A) => R): ((...args: A) => R) => {
      return (...args) => {
        process.assertAlive();
        return call(...args);
      };
    };
    /** Also remembered, to be done again. */
    const written = <A extends unknown[], R>(call: (store: EventStore, ...args: A) => R): ((...args: A) => R) => {
      return alive((...args: A) => {
        writes.push((store) => void call(store, ...args));
        return call(inner, ...args);
      });
    };
    const importOrdered = written((store, entry: VerifiedEntry) => store.importOrdered(entry));
    const die = (): never => {
      crash = null;
      process.kill();
      throw new Killed(`${device} dies at a commit`);
    };

    function transact<T>(work: () => T): T {
      process.assertAlive();
      writes = [];
      let diesAfter = false;
      const result = inner.transact(() => {
        const value = work();
        if (writes.length === 0) return value;
        if (isFull) throw new StorageFault('full', { detail: 'no space left' });
        if (crash !== null) {
          crash.after -= 1;
          if (crash.after <= 0 && crash.when === 'before') die();
          diesAfter = crash.after <= 0;
        }
        return value;
      });
      if (writes.length > 0) done.push(writes);
      writes = [];
      if (diesAfter) die();
      return result;
    }

    return {
      device,
      incarnation,
      transact,
      writeNote: alive((text) => {
        if (isFull) throw new StorageFault('full', { detail: 'no space left' });
        note = text;
      }),
      readNote: alive(() => note),
      append: written((store, drafts, clock) => store.append(drafts, clock)),
      importEvent: written((store, event) => store.importEvent(event)),
      importSealed: written((store, event) => store.importSealed(event)),
      importOrdered: (entry) => importOrdered(share(entry)),
      appendOrder: written((store, row) => store.appendOrder(row)),
      dropOrder: written((store, day) => store.dropOrder(day)),
      writeSetting: written((store, name, value) => store.writeSetting(name, value)),
      forgetDay: written((store, day) => store.forgetDay(day)),
      noteForgotten: written((store, journal, head) => store.noteForgotten(journal, head)),
      attachSaved: written((store, held) => store.attachSaved(held)),
      writeStatistics: written((store, day, text) => store.writeStatistics(day, text)),
      readSetting: alive((name) => inner.readSetting(name)),
      event: alive((key) => inner.event(key)),
      versionVector: alive((of) => inner.versionVector(of)),
      journalHead: alive((journal) => inner.journalHead(journal)),
      journalAfter: alive((journal, seq, limit) => inner.journalAfter(journal, seq, limit)),
      head: alive((day) => inner.head(day)),
      rowAt: alive((day, n) => inner.rowAt(day, n)),
      entriesAfter: alive((day, afterN, limit) => inner.entriesAfter(day, afterN, limit)),
      unordered: alive((day) => inner.unordered(day)),
      forgotten: alive((journal) => inner.forgotten(journal)),
      statistics: alive(() => inner.statistics()),
      days: alive(() => inner.days()),
      openShelf: alive(() => {
        const shelf = inner.openShelf();
        return { ...shelf, change: (kind, changes) => !isFull && shelf.change(kind, changes) };
      }),
      close: () => {},
    };
  }

  function rollBack(commits: number): void {
    if (commits >= done.length) return;
    done = done.slice(0, Math.max(0, commits));
    inner = remake(done);
  }

  return {
    device,
    incarnation,
    open,
    peek: () => inner,
    setFull: (full) => {
      isFull = full;
    },
    planCrash: (plan) => {
      crash = plan === null ? null : { ...plan };
    },
    commits: () => done.length,
    losePower: () => {
      note = null;
      rollBack(done.length - unflushed());
    },
    rollBack(commits) {
      note = null;
      rollBack(commits);
    },
    copy: () => createDisk(options, done),
  };
}
