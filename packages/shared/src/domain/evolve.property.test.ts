import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { CommandId, CounterId } from '../lib/ids.ts';
import { claimEventSchemas } from './claim/claim-events.ts';
import { type Command, commandSchemas } from './commands.ts';
import type { DayState, LogEntry } from './day/day-state.ts';
import { createDayStore, type DayStore } from './day/day-store.ts';
import { createMemoryShelf, SHELF_KINDS } from './day/shelf.ts';
import { createStateHasher } from './day/state-hash.ts';
import { assertValidDay } from './day/test/assert-valid-day.ts';
import { dayToJson } from './day/test/day-to-json.ts';
import { createOffice, type Office } from './day/test/office.ts';
import { type Draw, drawArbitrary, drawToInput } from './day/test/random-command.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { FACT_TYPES } from './facts.ts';
import { commandId, DAY } from './views/test/fixtures.ts';

// All of it takes a few seconds; a busy machine may need several times as long.
vi.setConfig({ testTimeout: 30_000 });

/** Same runs each time; change it to look elsewhere. */
const SEED = 20_261_123;
const check = <T>(property: fc.IProperty<T>, numRuns: number) => fc.assert(property, { seed: SEED, numRuns });

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

interface Step {
  readonly draw: Draw;
  readonly wait: number;
}
const steps = (maxLength: number) =>
  fc.array(fc.record({ draw: drawArbitrary, wait: fc.constantFrom(0, 0, 1, 3, 6) }), {
    minLength: 1,
    maxLength,
    size: 'max',
  });

const commandOf = (office: Office, draw: Draw, id: CommandId = office.nextId()): Command | null => {
  const parsed = commandSchemas[draw.name].input.safeParse(drawToInput(draw, office.store, office.now()));
  return parsed.success ? ({ name: draw.name, commandId: id, input: parsed.data } as Command) : null;
};

function play(
  office: Office,
  list: readonly Step[],
  after: (command: Command, granted: boolean) => void = () => {},
): void {
  for (const { draw, wait } of list) {
    office.wait(wait);
    const command = commandOf(office, draw);
    if (command !== null) after(command, office.execute(command).ok);
  }
}

const foldAll = (store: DayStore, log: readonly LogEntry[]): DayStore => {
  for (const entry of log) store.apply(evolve(store, entry));
  return store;
};

const hashOf = (log: readonly LogEntry[], every: number, store = createDayStore(DAY)): string => {
  const hasher = createStateHasher(sha256);
  log.forEach((entry, i) => {
    const changes = evolve(store, entry);
    hasher.note(changes, store);
    store.apply(changes);
    if (i % every === 0) hasher.hash();
  });
  return hasher.hash();
};

/** All that was ever granted is taken back, long after: what lies on the shelf is changed. */
const withdrawals = (office: Office): readonly LogEntry[] =>
  office.log
    .filter(({ type }) => type === 'v1.ClaimMade')
    .map(({ payload }, i) => ({
      row: office.log.length + 1 + i,
      effectiveAt: office.now(),
      type: 'v1.ClaimWithdrawn',
      payload: { commandId: (payload as { command: Command }).command.commandId },
    }));

describe('random commands at several counters', () => {
  it('X2, X3: every command on every state either refuses or leads to a valid state, and is never rejected after', () => {
    const seen = new Set<string>();
    check(
      fc.property(steps(120), (list) => {
        const office = createOffice();
        play(office, list, (command, granted) => {
          if (granted) seen.add(command.name);
        });
        expect(office.store.rejections).toEqual([]);
      }),
      250,
    );
    // The runs are worth something only if every command was granted somewhere.
    expect([...seen].sort()).toEqual(Object.keys(commandSchemas).sort());
  });

  it('X5: a fold of the log on a fresh store gives byte-identical state and the same hash', () => {
    check(
      fc.property(steps(80), fc.integer({ min: 1, max: 40 }), (list, every) => {
        const office = createOffice({ check: false });
        play(office, list);
        expect(dayToJson(foldAll(createDayStore(DAY), office.log))).toBe(dayToJson(office.store));
        expect(hashOf(office.log, every)).toBe(hashOf(office.log, 1_000_000));
      }),
      120,
    );
  });

  it('S5, X5: with a shelf it is the same state, with the same hash, whatever is asked of it on the way', () => {
    let shelved = 0;
    check(
      fc.property(steps(120), fc.integer({ min: 1, max: 40 }), (list, every) => {
        const office = createOffice({ check: false });
        play(office, list);
        const shelf = createMemoryShelf();
        const store = createDayStore(DAY, shelf);
        expect(hashOf(office.log, every, store)).toBe(hashOf(office.log, 1_000_000));
        expect(dayToJson(store)).toBe(dayToJson(office.store));
        for (const kind of SHELF_KINDS) shelved += shelf.size(kind);

        const late = withdrawals(office);
        for (const entry of late) office.store.apply(evolve(office.store, entry));
        expect(dayToJson(foldAll(store.overlay(), late))).toBe(dayToJson(office.store));
        expect(dayToJson(foldAll(store, late))).toBe(dayToJson(office.store));
      }),
      120,
    );
    expect(shelved).toBeGreaterThan(0);
  });

  it('X5: an overlay over a base equals folding straight through, and leaves the base untouched', () => {
    check(
      fc.property(steps(80), fc.nat(), (list, cut) => {
        const office = createOffice({ check: false });
        play(office, list);
        const at = cut % office.log.length;
        const base = foldAll(createDayStore(DAY), office.log.slice(0, at));
        const before = dayToJson(base);
        const overlay = foldAll(base.overlay(), office.log.slice(at));
        expect(dayToJson(overlay)).toBe(dayToJson(office.store));
        expect(overlay.openVisits.size).toBe(office.store.openVisits.size);
        expect(overlay.closedVisits.size).toBe(office.store.closedVisits.size);
        expect(dayToJson(base)).toBe(before);
      }),
      120,
    );
  });

  it('O6: the same command id twice changes nothing', () => {
    check(
      fc.property(steps(40), (list) => {
        const office = createOffice({ check: false });
        play(office, list, (command, granted) => {
          const before = dayToJson({ ...office.store, info: office.store.info, rejections: [] });
          const again = decide(command, office.store, office.now());
          if (granted) expect(again).toMatchObject({ ok: true, value: { facts: [] } });
          if (granted || commandSchemas[command.name].decidedBy === 'hub') office.execute(command);
          const after = { ...office.store.info, rows: JSON.parse(before).info.rows };
          expect(dayToJson({ ...office.store, info: after, rejections: [] })).toBe(before);
        });
      }),
      50,
    );
  });

  it('undo after any action restores the visit byte for byte except its revision and what was announced', () => {
    const undone = new Set<string>();
    check(
      fc.property(steps(80), (list) => {
        const office = createOffice({ check: false });
        let before = snapshot(office.store);
        play(office, list, (command, granted) => {
          const counterId = granted ? counterThatActed(office, command) : null;
          if (counterId !== null) {
            const action = office.store.counters.get(counterId)?.undoable.at(-1);
            const after = snapshot(undo(office, counterId));
            undone.add(action?.type ?? '');
            if (action?.visitBefore != null) {
              expect(after.visits.get(action.visitBefore.id)).toBe(before.visits.get(action.visitBefore.id));
            } else if (action?.visitId != null) {
              const cancelled = { state: 'cancelled', cancelReason: 'mistake' };
              expect(JSON.parse(after.visits.get(action.visitId) ?? '')).toMatchObject(cancelled);
            }
            // A counter nobody has opened yet is the closed one that its first action finds.
            expect(after.counters.get(counterId)).toBe(
              before.counters.get(counterId) ?? JSON.stringify(action?.counterBefore),
            );
          }
          before = snapshot(office.store);
        });
      }),
      250,
    );
    expect([...undone].sort()).toEqual(UNDOABLE_TYPES);
  });
});

describe('claims withdrawn, islands merged', () => {
  it('O6: claims withdrawn at any time, before or after their decision, leave a valid state', () => {
    check(
      fc.property(
        steps(80),
        fc.array(fc.record({ every: fc.integer({ min: 1, max: 8 }), back: fc.nat(3) })),
        (list, plan) => {
          const office = createOffice();
          const made: CommandId[] = [];
          play(office, list, (command, granted) => {
            if (granted && commandSchemas[command.name].decidedBy === 'hub') made.push(command.commandId);
            const { every, back } = plan[made.length % Math.max(1, plan.length)] ?? { every: 5, back: 0 };
            const claim = made.at(-1 - back);
            if (claim === undefined || office.log.length % every !== 0) return;
            office.put('v1.ClaimWithdrawn', { commandId: claim });
            const status = office.store.commands.get(claim)?.status;
            expect(status === 'withdrawn' || office.store.rejections.at(-1)?.row === office.log.length).toBe(true);
          });
        },
      ),
      200,
    );
  });

  it('O8, X2, X3: what two islands decided by themselves folds into a valid state in whatever order it is put', () => {
    check(
      fc.property(steps(40), steps(40), steps(40), fc.infiniteStream(fc.boolean()), (common, first, second, coin) => {
        const base = createOffice({ check: false });
        play(base, common);
        const islands = [first, second].map((list, i) => {
          const office = createOffice({
            check: false,
            store: base.store.overlay(),
            firstCommand: (i + 1) * 1_000,
            start: false,
          });
          play(office, list);
          return [...office.log];
        });
        const store = base.store.overlay();
        for (let row = base.log.length + 1; islands.some((log) => log.length > 0); row++) {
          const log = islands[coin.next().value ? 1 : 0];
          const entry = log?.shift();
          if (entry !== undefined) store.apply(evolve(store, { ...entry, row }));
          assertValidDay(store);
        }
        // Nothing is decided without its author being told what became of it.
        for (const outcome of store.commands.values()) expect(outcome.status).not.toBe('pending');
      }),
      150,
    );
  });
});

/** Every fact of a clerk's action. Walk direct begins with its ticket. */
const UNDOABLE_TYPES = [
  'v1.BreakBegan',
  'v1.BreakEnded',
  'v1.CounterClosed',
  'v1.CounterOpened',
  'v1.FollowUpAdded',
  'v1.PartySizeChanged',
  'v1.PriorityChanged',
  'v1.ServicesEdited',
  'v1.TicketIssued',
  'v1.VisitArrived',
  'v1.VisitCalled',
  'v1.VisitCancelled',
  'v1.VisitFinished',
  'v1.VisitNotShown',
  'v1.VisitParked',
  'v1.VisitRecalled',
  'v1.VisitRequeued',
  'v1.VisitResumed',
  'v1.VisitTransferred',
];

/** The state as it were if the counter's newest action were undone now. */
function undo(office: Office, counterId: CounterId): DayState {
  const probe = office.store.overlay();
  const decision = decide(office.command('undo', { counterId }), probe, office.now());
  if (!decision.ok) throw new Error(`undo refused: ${decision.refusal.type}`);
  const row = office.log.length + 1;
  for (const { type, payload } of decision.value.facts)
    probe.apply(evolve(probe, { row, effectiveAt: office.now(), type, payload }));
  assertValidDay(probe);
  return probe;
}

const counterThatActed = (office: Office, command: Command) => {
  for (const counter of office.store.counters.values()) {
    if (
      counter.undoable.at(-1)?.commandId === command.commandId &&
      counter.id === Reflect.get(command.input, 'counterId')
    ) {
      return counter.id;
    }
  }
  return null;
};

function snapshot(state: DayState) {
  const visits = [...state.openVisits.values(), ...state.closedVisits.values()];
  return {
    visits: new Map(
      visits.map((visit) => {
        const { revision: _, call, ...rest } = visit;
        return [
          visit.id,
          JSON.stringify({ ...rest, call: call && { ...call, announcement: 0, announcedAt: 0 } }),
        ] as const;
      }),
    ),
    counters: new Map(
      [...state.counters.values()].map(({ undoable: _, ...counter }) => [counter.id, JSON.stringify(counter)] as const),
    ),
  };
}

describe('garbage', () => {
  const types = [...FACT_TYPES, ...Object.keys(claimEventSchemas), 'v2.FromTheFuture', 'constructor', '__proto__'];

  it('O7: random payloads of known types never throw and change nothing but the record of rejections', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.ticket();
    check(
      fc.property(fc.constantFrom(...types), fc.jsonValue({ maxDepth: 4 }), fc.nat(), (type, payload, at) => {
        const store = office.store.overlay();
        const before = dayToJson({ ...store, info: store.info, rejections: [] });
        const known = !type.startsWith('v2') && type.startsWith('v');
        store.apply(evolve(store, { row: 9, effectiveAt: at, type, payload }));
        expect(store.rejections).toEqual(known ? [{ row: 9, type, reason: 'malformed' }] : []);
        expect(dayToJson({ ...store, info: { ...store.info, rows: office.store.info.rows }, rejections: [] })).toBe(
          before,
        );
      }),
      2_000,
    );
  });

  it('O7: well-formed facts that fit no state never throw and leave a valid state', () => {
    check(
      fc.property(steps(60), fc.array(fc.nat(), { minLength: 30, maxLength: 60 }), (list, picks) => {
        // Facts of one day, replayed in another order and with a first half missing.
        const office = createOffice({ check: false });
        play(office, list);
        const store = foldAll(createDayStore(DAY), office.log.slice(0, 8));
        picks.forEach((pick, i) => {
          const entry = office.log[pick % office.log.length] as LogEntry;
          const payload = {
            ...(entry.payload as object),
            ...('commandId' in (entry.payload as object) && { commandId: commandId(1e6 + i) }),
          };
          const isFact = !entry.type.startsWith('v1.Claim');
          store.apply(evolve(store, { ...entry, row: 100 + i, payload: isFact ? payload : entry.payload }));
          assertValidDay(store);
        });
      }),
      200,
    );
  });
});
