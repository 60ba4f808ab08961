/** A store whose disk can be made to refuse at the last moment: after the work, before the commit. */
import { type EventStore, StorageFault } from '@aufruf/engine/store/event-store';

export interface FailingStore extends EventStore {
  /** The next `count` commits fail. */
  failNext(count: number): void;
  /** Notes fail, from now on or no longer. */
  failNotes(isFailing: boolean): void;
}

export function withFailures(store: EventStore): FailingStore {
  let failures = 0;
  let areNotesFailing = false;
  return {
    ...store,
    failNext: (count) => {
      failures = count;
    },
    failNotes: (isFailing) => {
      areNotesFailing = isFailing;
    },
    writeNote(text) {
      if (areNotesFailing) throw new StorageFault('full', { detail: 'no space left' });
      store.writeNote(text);
    },
    transact: (work) =>
      store.transact(() => {
        const result = work();
        if (failures === 0) return result;
        failures -= 1;
        throw new StorageFault('full', { detail: 'no space left' });
      }),
  };
}
