/**
 * A location in a test: carries out commands as the hub does, keeps the log and checks the state after every entry.
 * The day is open and configured, and the clock stands at 09:00, unless told otherwise.
 */
import type { z } from 'zod';
import { assert } from '../../../lib/assert.ts';
import type { CommandId, CounterId, DeviceId, VisitId } from '../../../lib/ids.ts';
import type { Result } from '../../../lib/result.ts';
import { MINUTE_MS } from '../../../lib/time.ts';
import { type Command, type CommandName, commandSchemas, type Receipt } from '../../commands.ts';
import type { CounterState } from '../../counter/counter.ts';
import { decide } from '../../decide.ts';
import { evolve } from '../../evolve.ts';
import type { LocationConfig } from '../../location-config/schema.ts';
import { at, commandId, DAY, config as fixtureConfig, sessionId } from '../../views/test/fixtures.ts';
import type { Visit } from '../../visit/visit.ts';
import type { DayChanges, LogEntry } from '../day-state.ts';
import { createDayStore, type DayStore } from '../day-store.ts';
import { assertValidDay } from './assert-valid-day.ts';

export interface OfficeOptions {
  readonly config?: LocationConfig;
  /** Fold into this store; a new one otherwise. */
  readonly store?: DayStore;
  /** Checks the whole state after every entry. Costs a pass over the day, so long runs check now and then. */
  readonly check?: boolean;
  /** Number of the first command's id; several offices of one day need ids of their own. */
  readonly firstCommand?: number;
  /** Whether to configure and open the day; not needed on a store that has been. */
  readonly start?: boolean;
}

type Given<T> = T extends readonly (infer E)[]
  ? readonly Given<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Given<T[K]> }
    : T;

/** A command's input as it comes over the wire: plain strings for ids. */
export type RawInput<N extends CommandName> = Given<z.input<(typeof commandSchemas)[N]['input']>>;

type Answer = Result<Receipt, { readonly type: string }>;

export type Office = ReturnType<typeof createOffice>;

export function createOffice({
  config = fixtureConfig(),
  store = createDayStore(DAY),
  check = true,
  firstCommand = 1,
  start = true,
}: OfficeOptions = {}) {
  const log: LogEntry[] = [];
  let now = at('09:00');
  let lastCommand = firstCommand - 1;

  /** Puts an entry into the log and folds it. */
  function put(type: string, payload: unknown, author?: DeviceId): DayChanges {
    const entry = { row: log.length + 1, effectiveAt: now, ...(author && { author }), type, payload };
    log.push(entry);
    const changes = evolve(store, entry);
    store.apply(changes);
    if (check) assertValidDay(store);
    return changes;
  }

  const nextId = (): CommandId => commandId(++lastCommand);

  /** Decides a command and journals it the way its row of the command table says. */
  function execute(command: Command): Answer {
    const decision = decide(command, store, now);
    if (commandSchemas[command.name].decidedBy === 'device') {
      if (!decision.ok) return decision;
      for (const fact of decision.value.facts) put(fact.type, fact.payload);
    } else {
      put('v1.ClaimMade', { command });
      const outcome = decision.ok
        ? { type: 'granted', facts: decision.value.facts, receipt: decision.value.receipt }
        : { type: 'refused', refusal: decision.refusal };
      put('v1.ClaimDecided', { commandId: command.commandId, outcome });
    }
    return decision.ok ? { ok: true, value: decision.value.receipt } : decision;
  }

  const command = <N extends CommandName>(name: N, input: RawInput<N>, id = nextId()) =>
    ({ name, commandId: id, input: commandSchemas[name].input.parse(input) }) as Command;
  const run = <N extends CommandName>(name: N, input: RawInput<N>): Answer => execute(command(name, input));

  /** Carries out what must be granted; answers the visit it concerned. */
  function must<N extends CommandName>(name: N, input: RawInput<N>): VisitId {
    const answer = run(name, input);
    assert(answer.ok, `${name} was refused: ${answer.ok ? '' : answer.refusal.type}`);
    return answer.value.visitId as VisitId;
  }

  if (start) {
    put('v1.ConfigurationPublished', { config });
    put('v1.DayOpened', { day: DAY });
  }

  return {
    store,
    log,
    nextId,
    put,
    execute,
    command,
    run,
    must,
    now: () => now,
    wait: (minutes: number) => {
      now += minutes * MINUTE_MS;
    },
    /** Why a command is refused, or null. */
    refusal: <N extends CommandName>(name: N, input: RawInput<N>): string | null => {
      const answer = run(name, input);
      return answer.ok ? null : answer.refusal.type;
    },
    visit: (id: VisitId): Visit => {
      const visit = store.openVisits.get(id) ?? store.closedVisits.get(id);
      assert(visit !== undefined, `no visit ${id}`);
      return visit;
    },
    counter: (id: string): CounterState => {
      const counter = store.counters.get(id as CounterId);
      assert(counter !== undefined, `no counter ${id}`);
      return counter;
    },
    /** Signs clerk `clerk` in. */
    open: (counter: string, clerk: number) =>
      must('openCounter', { counterId: counter, sessionId: sessionId(clerk), takeOver: false }),
    ticket: (service = 'id-card') =>
      must('issueTicket', { kioskId: 'kiosk-1', serviceIds: [service], language: 'de', partySize: 1 }),
  };
}
