/**
 * Random commands for property tests and the simulator. A draw is plain numbers, so that it shrinks and can be kept; it
 * becomes a command only against a state, where it mostly names visits and counters that exist.
 */
import fc from 'fast-check';
import { COMMAND_NAMES, type CommandName } from '../../commands.ts';
import { BREAK_REASONS } from '../../counter/counter.ts';
import { sessionId } from '../../views/test/fixtures.ts';
import { CANCEL_REASONS, OUTCOMES, PARK_REASONS, PRIORITY_REASONS } from '../../visit/visit.ts';
import type { DayState } from '../day-state.ts';

export interface Draw {
  readonly name: CommandName;
  readonly counter: number;
  readonly visit: number;
  readonly services: readonly number[];
  readonly n: number;
  readonly flag: boolean;
}

const nat = (max: number) => fc.integer({ min: 0, max });

/** Commands that make or move visits come more often, so that random days get somewhere. */
const LIVELY: readonly CommandName[] = [
  'issueTicket',
  'issueTicket',
  'bookAppointment',
  'checkInAppointment',
  'openCounter',
  'openCounter',
  'callNext',
  'callNext',
  'markArrived',
  'markArrived',
  'walkDirect',
  'park',
  'resume',
];

export const drawArbitrary: fc.Arbitrary<Draw> = fc.record({
  name: fc.constantFrom(...COMMAND_NAMES, ...LIVELY, ...LIVELY),
  counter: nat(9),
  visit: nat(1_000),
  services: fc.array(nat(20), { minLength: 1, maxLength: 3 }),
  n: nat(1_000),
  flag: fc.boolean(),
});

/** The input a draw stands for on this state: plain JSON, to be parsed by the command's schema. */
export function drawToInput({ name, counter, visit, services, n, flag }: Draw, state: DayState, now: number): unknown {
  const pick = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;
  const { config } = state.info;
  const open = [...state.openVisits.values()];
  const apt = open.filter((one) => (name === 'resume' ? one.state === 'parked' : one.counterId !== null));
  const pool =
    visit % 3 === 0 && apt.length > 0 ? apt : visit % 3 === 1 ? open : [...open, ...state.closedVisits.values()];
  const visits = pool.map(({ id }) => id as string);
  // One in twenty names nothing that exists.
  const named = (ids: readonly string[], unknown: string, i: number) =>
    pick(i % 20 === 19 ? [unknown] : [...ids, unknown], i);
  const counterId = named(config?.counters.map(({ id }) => id as string) ?? [], 'no-counter', counter);
  const visitId = pick(visits.length === 0 ? ['no-visit-of-today'] : visits, visit);
  const serviceIds = services.map((i) => pick(config?.services.map(({ id }) => id as string) ?? [], i));
  const kioskId = pick(config?.kiosks.map(({ id }) => id as string) ?? [], n);
  const serviceId = serviceIds[0];
  const code = String(1_000 + (n % 5));
  const visitor = { serviceIds, language: flag ? 'de' : 'en', partySize: 1 + (n % 50) };
  const atCounter = { counterId };
  const onVisit = { counterId, visitId };

  const inputs: Record<CommandName, unknown> = {
    issueTicket: { kioskId, ...visitor },
    checkInAppointment: { kioskId, code },
    confirmHandOver: { kioskId, visitId, means: flag ? 'print' : 'screen' },
    voidTicket: { kioskId, visitId },
    bookAppointment: { code, ...visitor, startsAt: now + (n - 200) * 60_000 },
    openCounter: { counterId, sessionId: sessionId(n % 4), takeOver: flag },
    closeCounter: atCounter,
    beginBreak: { counterId, reason: pick(BREAK_REASONS, n) },
    endBreak: atCounter,
    callNext: atCounter,
    callSpecific: onVisit,
    walkDirect: { counterId, ...visitor },
    recall: atCounter,
    markArrived: atCounter,
    markNoShow: atCounter,
    finish: { counterId, outcome: pick(OUTCOMES, n), deliveredServiceIds: flag ? serviceIds : [] },
    park: { counterId, reason: pick(PARK_REASONS, n) },
    resume: onVisit,
    requeue: { ...onVisit, place: flag ? 'same' : 'end' },
    transfer: {
      counterId,
      serviceId: n % 3 === 0 ? null : serviceId,
      reservedFor: flag ? pick(config?.counters.map(({ id }) => id as string) ?? [], n) : null,
    },
    addFollowUp: { counterId, serviceId },
    editServices: { ...onVisit, serviceIds },
    changePriority: { ...onVisit, priority: n % 3, reason: flag ? pick(PRIORITY_REASONS, n) : null },
    changePartySize: { ...onVisit, partySize: 1 + (n % 50) },
    cancelVisit: { ...onVisit, reason: pick(CANCEL_REASONS, n) },
    undo: atCounter,
    publishConfiguration: { config: { ...config, version: (config?.version ?? 0) + (n % 2) } },
  };
  return inputs[name];
}
