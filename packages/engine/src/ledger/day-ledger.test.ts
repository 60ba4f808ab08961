import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import { config, DAY } from '@aufruf/shared/domain/views/test/fixtures';
import type { CommandId, DeviceId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { STATE_HASH_ROWS } from '@aufruf/shared/protocol/limits';
import type { JournalEvent } from '@aufruf/shared/sync/event';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import { type EventStore, type OrderedEntry, StorageFault } from '../store/event-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { createDayLedger, type DayLedger, KEPT_STATE_HASHES } from './day-ledger.ts';

const NOW = 1_795_420_800_000;
const platform = createTestPlatform({ now: NOW, seed: 3 });
let store: EventStore;

beforeEach(() => {
  store = createMemoryStore({ device: 'hub' as DeviceId, platform });
});
const open = (): DayLedger => createDayLedger({ store, sha256: platform.sha256, day: DAY, estimateAt: () => NOW });

/** Journals an event in the own journal. */
function journal(type: string, payload: Record<string, unknown> = {}, day: LocalDate = DAY): JournalEvent {
  const [stored] = store.transact(() => store.append([{ day, type, payload }], { deviceAt: NOW, monoMs: 0 }));
  return (stored as { event: JournalEvent }).event;
}
/** Gives the event the next row. */
function order({ device, incarnation, seq, day }: JournalEvent): OrderedEntry {
  const head = store.head(day);
  const held = store.event(`${device}/${incarnation}/${seq}`);
  if (held === null) throw new Error('not held');
  const times = { receivedAt: NOW, effectiveAt: NOW };
  const unchained = { day, n: head.n + 1, epoch: 1, device, incarnation, seq, eventHash: held.hash, ...times };
  const row = store.transact(() => store.appendOrder(unchained));
  return { row, event: held.event };
}
const put = (type: string, payload?: Record<string, unknown>) => order(journal(type, payload));
const openDay = () => [put('v1.DayOpened', { day: DAY }), put('v1.ConfigurationPublished', { config: config() })];
const openCounter = (n: number) => ({
  commandId: `open-counter-command-${n}`,
  counterId: `counter-${n}`,
  sessionId: `session-of-somebody-${n}`,
});

describe('day ledger', () => {
  it('rule 3: what was folded step by step equals what is rebuilt from the store, to the byte', () => {
    const ledger = open();
    ledger.fold(openDay());
    for (const n of [1, 2, 3]) ledger.fold([put('v1.CounterOpened', openCounter(n))]);
    const before = { json: dayToJson(ledger.ordered()), hash: ledger.stateHash() };
    ledger.rebuild();
    expect({ json: dayToJson(ledger.ordered()), hash: ledger.stateHash() }).toEqual(before);
    expect(dayToJson(open().ordered())).toBe(before.json);
    expect(ledger.ordered().counters.size).toBe(3);
  });

  it('O7: an unknown event and a broken one take their rows and stop nothing', () => {
    const ledger = open();
    ledger.fold([...openDay(), put('v9.RobotGreeted', { name: 'R' }), put('v1.CounterOpened', { counterId: 7 })]);
    ledger.fold([put('v1.CounterOpened', openCounter(1))]);
    expect(ledger.ordered().counters.size).toBe(1);
    expect(ledger.ordered().rejections).toMatchObject([{ row: 4, type: 'v1.CounterOpened' }]);
  });

  it('own events show at once, on top of the ordered ones, which stay as they are', () => {
    const ledger = open();
    ledger.fold(openDay());
    const hash = ledger.stateHash();
    const event = journal('v1.CounterOpened', openCounter(1));
    ledger.addPending([event]);
    expect([ledger.state().counters.size, ledger.ordered().counters.size, ledger.pendingCount()]).toEqual([1, 0, 1]);
    expect(ledger.stateHash()).toBe(hash);
    ledger.fold([order(event)]);
    expect([ledger.state().counters.size, ledger.ordered().counters.size, ledger.pendingCount()]).toEqual([1, 1, 0]);
    expect(ledger.state()).toBe(ledger.ordered());
  });

  it('own events are shown anew whenever the order moves under them', () => {
    const ledger = open();
    ledger.fold(openDay());
    const taken = { ...openCounter(1), sessionId: 'session-of-another-1' };
    ledger.addPending([journal('v1.CounterOpened', openCounter(1))]);
    expect(ledger.state().counters.get('counter-1' as never)?.sessionId).toBe('session-of-somebody-1');
    const pendingEvents = store.unordered(DAY);
    // The hub puts another event first.
    ledger.fold([put('v1.CounterOpened', { ...taken, commandId: 'another-open-command-1' })]);
    const first = ledger.state().commands.get('another-open-command-1' as CommandId);
    expect(first).toMatchObject({ status: 'granted' });
    expect([ledger.pendingCount(), ledger.state().info.rows]).toEqual([1, 4]);
    ledger.fold(pendingEvents.map(({ event }) => order(event)));
    expect(ledger.pendingCount()).toBe(0);
  });

  it('J4, M2: finds own unsent events again after a restart, and what others did unordered; other days it leaves alone', () => {
    openDay();
    journal('v1.CounterOpened', openCounter(1));
    journal('v1.CounterOpened', openCounter(2), '2026-11-22' as LocalDate);
    const other = createMemoryStore({ device: 'kiosk-1' as DeviceId, platform });
    const [foreign] = other.transact(() =>
      other.append([{ day: DAY, type: 'v1.CounterOpened', payload: openCounter(3) }], { deviceAt: NOW, monoMs: 0 }),
    );
    if (foreign) store.transact(() => store.importEvent(foreign.event));
    const ledger = open();
    expect(ledger.pendingCount()).toBe(2);
    expect(ledger.state().counters.size).toBe(2);
  });

  it('M2, X5: takes off the top what others wrote, a former disk of this device among them, and leaves its own', () => {
    const ledger = open();
    ledger.fold(openDay());
    const others = createMemoryStore({ device: 'counter-2' as DeviceId, platform });
    const former = createMemoryStore({ device: store.device, platform });
    [others, former].forEach((disk, i) => {
      const draft = { day: DAY, type: 'v1.CounterOpened', payload: openCounter(i + 1) };
      const [written] = disk.transact(() => disk.append([draft], { deviceAt: NOW, monoMs: 0 }));
      const { event } = written as { event: JournalEvent };
      store.transact(() => store.importEvent(event));
      ledger.addPending([event]);
    });
    ledger.addPending([journal('v1.CounterOpened', openCounter(3))]);
    expect(ledger.state().counters.size).toBe(3);
    expect(ledger.hideOthersPending()).toBe(true);
    expect([...ledger.state().counters.values()].map(({ id }) => id)).toEqual(['counter-3']);
    expect(ledger.hideOthersPending()).toBe(false);
  });

  it('O7: records the state hash every STATE_HASH_ROWS rows and keeps the last KEPT_STATE_HASHES', () => {
    const ledger = open();
    ledger.fold(openDay());
    const last = STATE_HASH_ROWS * (KEPT_STATE_HASHES + 1);
    for (let row = 3; row < STATE_HASH_ROWS; row += 1) ledger.fold([put('v9.Unknown')]);
    expect(ledger.latestCheck()).toBeNull();
    ledger.fold([put('v9.Unknown')]);
    expect(ledger.latestCheck()).toEqual({ n: STATE_HASH_ROWS, stateHash: ledger.stateHash() });
    for (let row = STATE_HASH_ROWS; row < last; row += 1) ledger.fold([put('v9.Unknown')]);
    expect(ledger.latestCheck()?.n).toBe(last);
    expect([ledger.checkAt(STATE_HASH_ROWS), ledger.checkAt(2 * STATE_HASH_ROWS)?.n]).toEqual([
      null,
      2 * STATE_HASH_ROWS,
    ]);
    expect(ledger.checkAt(last)).toEqual(open().checkAt(last));
  });

  it('O7: far from the end of a long day it hashes seldom, and has the same hashes for the last KEPT_STATE_HASHES', () => {
    const ledger = open();
    const last = STATE_HASH_ROWS * (KEPT_STATE_HASHES + 12);
    const entries = [...openDay(), ...Array.from({ length: last - 2 }, () => put('v9.Unknown'))];
    for (const entry of entries) ledger.fold([entry]);
    let hashed = 0;
    const sha256: typeof platform.sha256 = (text) => {
      if (text.includes('"info"')) hashed += 1;
      return platform.sha256(text);
    };
    const empty = createMemoryStore({ device: store.device, platform });
    const fetched = createDayLedger({ store: empty, sha256, day: DAY, estimateAt: () => NOW });
    fetched.fold(entries);
    // Once at row 1,000 and then at each hundredth; the day's figures change with every row.
    expect(hashed).toBe(1 + KEPT_STATE_HASHES);
    for (let n = 0; n <= last; n += STATE_HASH_ROWS) expect(fetched.checkAt(n)).toEqual(ledger.checkAt(n));
    expect(fetched.latestCheck()?.n).toBe(last);
  });

  it('O7: rebuilt, it has the last hash, and no others: the hub compares no others', () => {
    const [first] = openDay();
    for (let row = 3; row <= 2 * STATE_HASH_ROWS; row += 1) put('v9.Unknown');
    const ledger = open();
    expect([first?.row.n, ledger.checkAt(STATE_HASH_ROWS)]).toEqual([1, null]);
    expect(ledger.checkAt(2 * STATE_HASH_ROWS)).toEqual({ n: 2 * STATE_HASH_ROWS, stateHash: ledger.stateHash() });
  });

  describe('S3: after a store that refused', () => {
    class Refused extends Error {}
    const isAsInStore = (ledger: DayLedger): void => {
      const fresh = open();
      expect([dayToJson(ledger.ordered()), dayToJson(ledger.state())]).toEqual([
        dayToJson(fresh.ordered()),
        dayToJson(fresh.state()),
      ]);
      expect([ledger.pendingCount(), ledger.stateHash()]).toEqual([fresh.pendingCount(), fresh.stateHash()]);
    };
    /** Orders and folds, as the hub does, in a transaction that fails. */
    function refuse(ledger: DayLedger, work: () => OrderedEntry | undefined): void {
      const nested = { ...store, transact: (run: () => unknown) => run() };
      const outer = store;
      const failing = () =>
        outer.transact(() => {
          store = nested as EventStore;
          const entry = work();
          if (entry !== undefined) ledger.fold([entry]);
          throw new Refused();
        });
      expect(failing).toThrow(Refused);
      store = outer;
      ledger.follow();
    }

    it('folds what was committed and not folded', () => {
      const ledger = open();
      ledger.fold(openDay());
      put('v1.CounterOpened', openCounter(1));
      ledger.follow();
      expect(ledger.ordered().counters.size).toBe(1);
      isAsInStore(ledger);
    });

    it('takes back what was folded and not committed, however often, and goes on', () => {
      const ledger = open();
      ledger.fold(openDay());
      for (const n of [1, 2, 3]) {
        refuse(ledger, () => put('v1.CounterOpened', openCounter(n)));
        expect([n, ledger.ordered().counters.size]).toEqual([n, 0]);
      }
      isAsInStore(ledger);
      refuse(ledger, () => undefined);
      ledger.fold([put('v1.CounterOpened', openCounter(4))]);
      refuse(ledger, () => put('v1.CounterOpened', openCounter(5)));
      expect([...ledger.ordered().counters.values()].map(({ id }) => id)).toEqual(['counter-4']);
      isAsInStore(ledger);
    });

    it('hashes what may yet be taken back like anything else', () => {
      const ledger = open();
      ledger.fold(openDay());
      ledger.follow();
      for (let row = 3; row <= STATE_HASH_ROWS; row += 1) ledger.fold([put('v9.Unknown')]);
      expect(ledger.latestCheck()).toEqual({ n: STATE_HASH_ROWS, stateHash: open().stateHash() });
      refuse(ledger, () => {
        ledger.fold([put('v1.CounterOpened', openCounter(1))]);
        ledger.stateHash();
        return put('v1.CounterOpened', openCounter(2));
      });
      isAsInStore(ledger);
    });

    it('an own event that waits is on top again when its place in the order is taken back', () => {
      const ledger = open();
      ledger.fold(openDay());
      const event = journal('v1.CounterOpened', openCounter(1));
      ledger.addPending([event]);
      ledger.follow();
      refuse(ledger, () => order(event));
      expect([ledger.pendingCount(), ledger.ordered().counters.size, ledger.state().counters.size]).toEqual([1, 0, 1]);
      ledger.fold([order(event)]);
      expect([ledger.pendingCount(), ledger.state().counters.size]).toEqual([0, 1]);
      isAsInStore(ledger);
    });

    it.each([
      ['fold', 0],
      ['hash', 1],
    ])('S5: folds all anew when the shelf could not be read by the %s of an entry', (_, readsLeft) => {
      let reads = Number.POSITIVE_INFINITY;
      const readable = <T>(read: T): T => {
        if (reads-- <= 0) throw new StorageFault('other', { detail: 'the disk failed' });
        return read;
      };
      const openShelf: EventStore['openShelf'] = () => {
        const shelf = store.openShelf();
        return { ...shelf, get: (...at) => readable(shelf.get(...at)), has: (...at) => readable(shelf.has(...at)) };
      };
      const unsteady = { ...store, openShelf };
      const ledger = createDayLedger({ store: unsteady, sha256: platform.sha256, day: DAY, estimateAt: () => NOW });
      ledger.fold(openDay());
      const claim = (n: number) => ({
        name: 'callNext',
        commandId: `claim-of-a-counter-${n}`,
        input: { counterId: 'counter-1' },
      });
      for (let n = 1; n <= 200; n += 1) ledger.fold([put('v1.ClaimMade', { command: claim(n) })]);
      ledger.stateHash();
      const late = put('v1.ClaimWithdrawn', { commandId: claim(1).commandId });
      reads = readsLeft;
      expect(() => ledger.fold([late])).toThrow(StorageFault);
      reads = Number.POSITIVE_INFINITY;
      ledger.follow();
      isAsInStore(ledger);
    });

    it('folds all anew where the order is another', () => {
      const ledger = open();
      ledger.fold(openDay());
      store.transact(() => store.dropOrder(DAY));
      ledger.follow();
      expect([ledger.ordered().info.rows, ledger.pendingCount()]).toEqual([0, 2]);
      isAsInStore(ledger);
    });
  });

  it('a row out of turn or of another day is a bug, not data', () => {
    const ledger = open();
    const [first, second] = openDay();
    if (first === undefined || second === undefined) throw new Error('two entries');
    expect(() => ledger.fold([second])).toThrow('row 2 after row 0');
    ledger.fold([first]);
    expect(() => ledger.fold([first])).toThrow('row 1 after row 1');
    const elsewhere = { ...second, row: { ...second.row, day: '2026-11-24' as LocalDate } };
    expect(() => ledger.fold([elsewhere])).toThrow('in the ledger of');
  });
});
