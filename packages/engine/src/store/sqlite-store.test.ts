/** The SQLite store as its users see it. Damage, crashes and full disks have their own files beside this one. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import { hashEvent } from '@aufruf/shared/sync/hash';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../platform/sha256.ts';
import { createTestPlatform } from '../platform/test-platform.ts';
import { eventOrderContract } from './event-order.contract.ts';
import { eventStoreContract } from './event-store.contract.ts';
import type { EventStore } from './event-store.ts';
import { forgottenDaysContract } from './forgotten-days.contract.ts';
import { createMemoryStore } from './memory-store.ts';
import { openSqliteStore } from './sqlite-store.ts';
import {
  append,
  assertIntact,
  CLOCK,
  createAuthor,
  draft,
  everything,
  faultOf,
  HUB,
  KIOSK,
  MONDAY,
  nextEntry,
  nextRow,
  TUESDAY,
} from './test/sample-events.ts';

let folder: string;
let file: string;
const platform = createTestPlatform({ now: Date.UTC(2026, 2, 30), seed: 1 });
const open = (device: DeviceId = HUB) => openSqliteStore({ file, device, platform });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-store-'));
  file = join(folder, 'device.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

let files = 0;
eventStoreContract('SQLite store', (device) =>
  openSqliteStore({ file: join(folder, `${files++}.db`), device, platform }),
);

eventOrderContract('SQLite store', (device) =>
  openSqliteStore({ file: join(folder, `${files++}.db`), device, platform }),
);

forgottenDaysContract('SQLite store', (device) =>
  openSqliteStore({ file: join(folder, `${files++}.db`), device, platform }),
);

describe('SQLite store', () => {
  it('D2: deleted days and their figures are the same after reopening', () => {
    const store = open();
    append(store, 'a');
    append(store, 'b', TUESDAY);
    store.transact(() => {
      store.writeStatistics(MONDAY, '{}');
      store.forgetDay(MONDAY);
      store.noteForgotten('kiosk-1/gone', { seq: 9, hash: hashEvent(createAuthor().next(), sha256) });
    });
    const before = everything(store);
    store.close();
    const again = open();
    expect(everything(again)).toEqual(before);
    append(again, 'c', TUESDAY);
    assertIntact(again);
    again.close();
  });

  it('J1, J2, J4: has everything again after reopening, as the same incarnation', () => {
    const store = open();
    const own = append(store, 'a').event;
    append(store, 'b', TUESDAY);
    store.transact(() => {
      store.importEvent(createAuthor().next());
      store.appendOrder(nextRow(store, own));
      store.writeSetting('epoch', '3');
    });
    const before = everything(store);
    store.close();

    const again = open();
    expect(again.incarnation).toBe(store.incarnation);
    expect(everything(again)).toEqual(before);
    append(again, 'c');
    expect(again.versionVector()[journalKey(again)]).toBe(3);
    assertIntact(again);
    again.close();
  });

  it('J2: a new file is a new incarnation', () => {
    const first = open();
    first.close();
    rmSync(file);
    const second = open();
    expect(second.incarnation).not.toBe(first.incarnation);
    second.close();
  });

  it('S1: refuses a file that is open already, in this process or another, and says so', () => {
    const store = open();
    append(store, 'a');
    const fault = faultOf(open);
    expect([fault.type, fault.message]).toEqual(['locked', expect.stringContaining('in use by another process')]);

    const script = `
      const { openSqliteStore } = await import('${new URL('./sqlite-store.ts', import.meta.url).href}');
      const { createNodePlatform } = await import('${new URL('../platform/node-platform.ts', import.meta.url).href}');
      try { openSqliteStore({ file: process.argv[1], device: 'hub', platform: createNodePlatform() }); }
      catch (error) { process.stdout.write(error.name + ' ' + error.type); }`;
    const other = spawnSync(process.execPath, ['--input-type=module', '-e', script, file], { encoding: 'utf8' });
    expect(other.stdout).toBe('StorageFault locked');

    append(store, 'goes on');
    store.close();
    open().close();
  });

  it('S1: refuses the file of another device and leaves it as it was', () => {
    const store = open(HUB);
    append(store, 'a');
    store.close();
    expect(faultOf(() => open(KIOSK)).message).toContain('belongs to hub, not to kiosk-1');
    const again = open(HUB);
    expect(again.incarnation).toBe(store.incarnation);
    again.close();
  });

  it('says what is wrong when the folder is missing', () => {
    file = join(folder, 'missing', 'device.db');
    const fault = faultOf(open);
    expect([fault.type, fault.message]).toEqual(['other', expect.stringContaining('does its folder exist?')]);
  });

  it('J1, O1, O4: cannot be told from the memory store, whatever is done to both, and after reopening', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const seed = 7;
        const memory = createMemoryStore({ device: HUB, platform: createTestPlatform({ now: 0, seed }) });
        const sqlitePlatform = createTestPlatform({ now: 0, seed });
        file = join(folder, `${files++}.db`);
        const openSame = () => openSqliteStore({ file, device: HUB, platform: sqlitePlatform });
        let sqlite = openSame();
        const authors = [createAuthor(KIOSK), createAuthor(HUB)];
        for (const take of steps) {
          const foreign = take.does.startsWith('import') ? authors.map((author) => author.next({ day: take.day })) : [];
          const act = (store: EventStore) => run(store, take, foreign);
          expect(act(sqlite)).toEqual(act(memory));
        }
        expect(everything(sqlite)).toEqual(everything(memory));
        sqlite.close();
        sqlite = openSame();
        expect(everything(sqlite)).toEqual(everything(memory));
        sqlite.close();
      }),
      { numRuns: 30, seed: 20_260_330 },
    );
  });
});

type Step = {
  readonly does: 'append' | 'import' | 'importOrdered' | 'order' | 'drop' | 'forget';
  readonly day: typeof MONDAY;
  readonly pick: number;
  readonly fails: boolean;
};
const step: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom('append', 'append', 'import', 'importOrdered', 'order', 'order', 'order', 'drop', 'forget'),
  day: fc.constantFrom(MONDAY, TUESDAY),
  pick: fc.nat(9),
  fails: fc.boolean(),
});

/** Does one step to a store; one that fails is rolled back after its writes. */
function run(store: EventStore, { does, day, pick, fails }: Step, foreign: readonly JournalEvent[]): unknown {
  try {
    return store.transact(() => {
      const result = act();
      if (fails) throw new Error('rolled back');
      return result;
    });
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }

  function act(): unknown {
    if (does === 'append') return store.append([draft(`own ${pick}`, day), draft('and another', day)], CLOCK);
    if (does === 'import') return foreign.map((event) => store.importEvent(event));
    if (does === 'importOrdered') return foreign.map((event) => store.importOrdered(nextEntry(store, event)));
    if (does === 'drop') return store.dropOrder(day);
    if (does === 'forget') return store.forgetDay(day);
    const waiting = store.unordered(day);
    const next = waiting[pick % Math.max(1, waiting.length)];
    return next && store.appendOrder(nextRow(store, next.event));
  }
}
