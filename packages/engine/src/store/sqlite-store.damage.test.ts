/** What the SQLite store does with files that were really damaged: bytes overwritten, cut off, or changed in place. */
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EpochMs } from '@aufruf/shared/lib/time';
import { eventKey, type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { setAside } from './damaged-file.ts';
import type { EventStore } from './event-store.ts';
import { openConnection } from './sqlite-connection.ts';
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
  MONDAY,
  nextEntry,
  nextRow,
  TUESDAY,
} from './test/sample-events.ts';

const NOW: EpochMs = Date.UTC(2026, 2, 30, 8, 15, 7);
const ASIDE = 'device.db.damaged-20260330T081507Z';
const PAGE_BYTES = 4_096;

let folder: string;
let file: string;
let platform: TestPlatform;
const open = () => openSqliteStore({ file, device: HUB, platform });
const messages = () => platform.logged.map(({ message }) => message);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-damage-'));
  file = join(folder, 'device.db');
  platform = createTestPlatform({ now: NOW, seed: 1 });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A closed file with so many own events, one foreign event, order rows and an epoch. @returns the own events */
function writeFile(count: number): { readonly events: readonly JournalEvent[]; readonly before: EventStore } {
  const store = open();
  const events = store.transact(() => {
    const stored = store.append(
      Array.from({ length: count }, (_, i) => draft(`event ${i + 1} ${'x'.repeat(200)}`)),
      CLOCK,
    );
    const foreign = createAuthor().next();
    store.importEvent(foreign);
    store.appendOrder(nextRow(store, foreign));
    store.writeSetting('epoch', '5');
    return stored.map(({ event }) => event);
  });
  store.close();
  return { events, before: store };
}

/** Overwrites bytes of the file. */
function scribble(at: number, length: number, target = file): void {
  const descriptor = openSync(target, 'r+');
  writeSync(descriptor, Buffer.alloc(length, 0xa5), 0, length, at);
  closeSync(descriptor);
}

/** Runs SQL on the closed file, as no honest program would. */
function tamper(sql: string): void {
  const connection = openConnection(file);
  connection.exec(sql);
  connection.close();
}

/** Without -wal, -shm and the mark. */
const mainFilesAside = () => readdirSync(folder).filter((name) => /\.(damaged|salvaging)-\w+(-\d)?$/.test(name));

const ownEvents = (store: EventStore, incarnation: EventStore): readonly JournalEvent[] =>
  store.journalAfter(journalKey(incarnation), 0, 100_000).map(({ event }) => event);

describe('SQLite store on a damaged file', () => {
  it('S2: garbage in the header: sets the file aside, starts a new incarnation and says that events are lost', () => {
    const { before } = writeFile(50);
    scribble(0, 100);
    const damaged = readFileSync(file);
    const store = open();
    expect(store.incarnation).not.toBe(before.incarnation);
    expect(everything(store).versionVector).toEqual({});
    expect(readFileSync(join(folder, ASIDE))).toEqual(damaged);
    expect(messages()).toEqual([
      'database damaged',
      'damaged database set aside',
      expect.stringContaining('own events unknown to other devices are lost'),
    ]);
    append(store, 'goes on');
    assertIntact(store);
    store.close();
    expect(open().incarnation).toBe(store.incarnation);
  });

  it('S2: a damaged page: saves every own event that still matches its hash, also those behind the page', () => {
    const { events, before } = writeFile(2_000);
    const middle = Math.floor(statSync(file).size / PAGE_BYTES / 2);
    scribble(middle * PAGE_BYTES, PAGE_BYTES);
    const store = open();
    const saved = ownEvents(store, before);
    expect(saved.length).toBeGreaterThan(500);
    expect(saved.length).toBeLessThan(2_000);
    expect(saved).toEqual(events.slice(0, saved.length));
    expect(store.readSetting('epoch')).toBe('5');
    assertIntact(store);
    // Only own events: the others' come back from their authors.
    expect(Object.keys(store.versionVector())).toEqual([journalKey(before)]);

    // Another device hands back what the page held, and no more: the rest joins by itself.
    const detached = platform.logged.at(-1)?.fields.detached;
    const lost = 2_000 - saved.length - Number(detached);
    expect(lost).toBeGreaterThan(0);
    store.transact(() => {
      for (const event of events.slice(saved.length, saved.length + lost)) {
        expect(store.importOrdered(nextEntry(store, event))).toEqual({ type: 'stored' });
      }
    });
    expect(ownEvents(store, before)).toEqual(events);
    assertIntact(store);
    const after = everything(store);
    store.close();
    const again = open();
    expect(everything(again)).toEqual(after);
    again.close();
  });

  it('S2: what waits to join its journal survives a rollback and a restart, and joins once', () => {
    const { events, before } = writeFile(3);
    tamper(`UPDATE events SET payload = '{"text":"changed"}' WHERE seq = 2`);
    const damaged = open();
    expect(faultOf(() => damaged.journalAfter(journalKey(before), 0, 10)).type).toBe('corrupt');
    damaged.close();
    let store = open();
    expect(store.versionVector()).toEqual({ [journalKey(before)]: 1 });
    const second = events[1] as JournalEvent;
    const fail = () =>
      store.transact(() => {
        expect(store.importEvent(second)).toEqual({ type: 'stored' });
        expect(store.versionVector()).toEqual({ [journalKey(before)]: 3 });
        throw new RangeError('rolled back');
      });
    expect(fail).toThrow(RangeError);
    expect(store.versionVector()).toEqual({ [journalKey(before)]: 1 });
    store.close();
    store = open();
    store.transact(() => store.importEvent(second));
    expect(ownEvents(store, before)).toEqual(events);
    expect(store.transact(() => store.importEvent(events[2] as JournalEvent))).toEqual({ type: 'held' });
    store.close();
  });

  it('S2: a file cut short is set aside, and what is left in it saved', () => {
    const { events, before } = writeFile(2_000);
    truncateSync(file, Math.floor(statSync(file).size / 2));
    const store = open();
    const saved = ownEvents(store, before);
    expect(saved).toEqual(events.slice(0, saved.length));
    expect(readdirSync(folder)).toContain(ASIDE);
    assertIntact(store);
    store.close();
  });

  it('S1, S2: an event that does not match its hash is not given out; the next start sets the file aside', () => {
    const { events, before } = writeFile(5);
    tamper(`UPDATE events SET payload = '{"text":"changed"}' WHERE seq = 3`);
    const store = open();
    const fault = faultOf(() => store.event(eventKey(events[2] as JournalEvent)));
    expect(fault.type).toBe('corrupt');
    expect(fault.message).toContain('does not match its hash');
    expect(fault.message).toContain('start the program again');
    expect(faultOf(() => store.unordered(MONDAY)).type).toBe('corrupt');
    expect(store.event(eventKey(events[1] as JournalEvent))?.event).toEqual(events[1]);
    // Somebody starts the program a second time before stopping the first: the file in use stays where it is.
    expect(faultOf(open).type).toBe('locked');
    store.close();

    const again = open();
    expect(again.incarnation).not.toBe(before.incarnation);
    expect(ownEvents(again, before)).toEqual(events.slice(0, 2));
    expect(mainFilesAside()).toEqual([ASIDE]);
    again.close();
    expect(open().incarnation).toBe(again.incarnation);
  });

  it('S1: a payload that is no JSON any more is damage, not a bug', () => {
    const { events } = writeFile(3);
    tamper(`UPDATE events SET payload = '{"text":' WHERE seq = 2`);
    const store = open();
    expect(faultOf(() => store.event(eventKey(events[1] as JournalEvent))).type).toBe('corrupt');
    store.close();
  });

  it('S1: does not go on from a damaged end of the own journal', () => {
    const { events, before } = writeFile(3);
    tamper(`UPDATE events SET hash = '${'0'.repeat(64)}' WHERE seq = 3`);
    const store = open();
    expect(store.incarnation).not.toBe(before.incarnation);
    expect(ownEvents(store, before)).toEqual(events.slice(0, 2));
    store.close();
  });

  it('S2: what waits for events of days gone by joins its journal once the hub says that it holds those', () => {
    const { events, before } = writeFile(6);
    const key = journalKey(before);
    tamper(`UPDATE events SET payload = 'x' WHERE seq IN (2, 4)`);
    const damaged = open();
    expect(faultOf(() => damaged.journalAfter(key, 0, 10)).type).toBe('corrupt');
    damaged.close();
    const store = open();
    const attach = (held: Record<string, number>) => store.transact(() => store.attachSaved(held));
    for (const held of [{}, { [key]: 1 }, { [key]: 2 }, { [key]: 3 }]) {
      attach(held);
      // At 2 the third joins; the fifth and sixth wait for the fourth.
      expect(store.versionVector()[key]).toBe((held[key] ?? 0) < 2 ? 1 : 3);
    }
    attach({ [key]: 4 });
    expect(store.versionVector()[key]).toBe(6);
    expect(store.journalAfter(key, 3, 10).map(({ event }) => event)).toEqual(events.slice(4));
    assertIntact(store);
    attach({ [key]: 4 });
    expect(store.versionVector()[key]).toBe(6);
    store.close();
  });

  it('S2: where browsers alone work nobody can fill a hole: what stood behind it is back at once', () => {
    const store = open();
    const events = [1, 2, 3, 4].map((n) => append(store, `event ${n}`).event);
    store.close();
    tamper(`UPDATE events SET payload = 'x' WHERE seq = 2`);
    const damaged = open();
    expect(faultOf(() => damaged.unordered(MONDAY)).type).toBe('corrupt');
    damaged.close();
    const again = open();
    expect(ownEvents(again, store)).toEqual([events[0], events[2], events[3]]);
    expect(again.versionVector()).toEqual({ [journalKey(store)]: 4 });
    expect(messages().at(-1)).toBe('own events saved from the damaged database');
    expect(platform.logged.at(-1)?.fields).toMatchObject({ imported: 3, detached: 0 });
    again.close();
  });

  it('S2, D2: saves own events behind deleted days, where their journal goes on, and the figures of days', () => {
    const store = open();
    const drafts = Array.from({ length: 12_000 }, (_, i) => draft(`old ${i}`));
    const old = store.transact(() => store.append(drafts, CLOCK));
    const kept = [append(store, 'c', TUESDAY), append(store, 'd', TUESDAY)].map(({ event }) => event);
    store.transact(() => {
      store.writeStatistics(MONDAY, '{"visits":3}');
      store.forgetDay(MONDAY);
    });
    store.close();
    tamper(`UPDATE events SET payload = 'x' WHERE seq = 12002`);
    const again = open();
    const hash = old.at(-1)?.hash;
    expect(again.forgotten(journalKey(store))).toEqual({ seq: 12_000, hash });
    expect(ownEvents(again, store)).toEqual(kept.slice(0, 1));
    expect([...again.statistics()]).toEqual([[MONDAY, '{"visits":3}']]);
    assertIntact(again);
    again.close();
  });

  it('S2: saves the events of all earlier incarnations, damage after damage', () => {
    const first = writeFile(3);
    tamper(`UPDATE events SET hash = '${'0'.repeat(64)}' WHERE seq = 3`);
    let store = open();
    append(store, 'second incarnation');
    store.close();
    tamper(`UPDATE events SET payload = 'x' WHERE seq = 1 AND journal_id = (SELECT max(id) FROM journals)`);
    store = open();
    expect(ownEvents(store, first.before)).toEqual(first.events.slice(0, 2));
    expect(mainFilesAside()).toEqual([ASIDE, `${ASIDE}-2`]);
    store.close();
  });

  it.each([
    ['before the -wal followed', () => renameSync(join(folder, 'aside-wal'), `${file}-wal`)],
    ['before the events were saved', () => renameSync(join(folder, 'aside-wal'), `${salvaging()}-wal`)],
  ])('S2: a crash %s is made good at the next start', (_, crash) => {
    // A database whose events are in its -wal alone, as after a crash.
    const store = open();
    const { event } = append(store, 'only in the -wal');
    const wal = readFileSync(`${file}-wal`);
    store.close();
    writeFileSync(join(folder, 'aside-wal'), wal);
    tamper('DELETE FROM events');
    setAside(file, NOW);
    crash();

    const again = open();
    expect(ownEvents(again, store)).toEqual([event]);
    expect(readdirSync(folder).sort()).toEqual(expect.arrayContaining([ASIDE, 'device.db']));
    expect(existsSync(`${salvaging()}`)).toBe(false);
    again.close();
  });

  const salvaging = () => join(folder, ASIDE.replace('damaged', 'salvaging'));
});
