/**
 * Decides from what people saw - never from a database - whether a replayed day went as it must:
 *
 * - every visitor got a ticket, and no number was given twice;
 * - every drawn ticket was called exactly once: again only after the clerk had noted that nobody came, never after the
 *   visitor had arrived or was given up; nobody was called who had drawn nothing;
 * - every call, and every recall, stood on the board, with the number on the ticket and the counter that called;
 *   in the end the board is empty;
 * - whoever arrived was finished, once; in the end all devices hold the same state and nothing waits to be sent.
 *
 * Records of one process are in order; those of different processes may be interleaved in any way.
 */
import type { RecordOf, ReplayRecord } from './records.ts';

export interface Verdict {
  readonly problems: readonly string[];
  readonly drawn: number;
  /** Tickets called at least once. */
  readonly called: number;
  /** Calls made again after a no-show. */
  readonly calledAgain: number;
  readonly recalls: number;
  /** Calls nobody decided in time, withdrawn by their authors and made anew. */
  readonly withdrawn: number;
  readonly finished: number;
  readonly missed: number;
  readonly shown: number;
  /** From drawing to the first call, virtual ms. */
  readonly meanWaitMs: number;
  readonly longestWaitMs: number;
}

export interface Expectation {
  readonly visitors: number;
  /** Ids of all devices that have to report their state. */
  readonly devices: readonly string[];
}

type ClerkRecord = RecordOf<'called' | 'recalled' | 'arrived' | 'noShow' | 'finished'>;

const isKind = <K extends ReplayRecord['kind']>(...kinds: K[]) => {
  const wanted = new Set<string>(kinds);
  return (record: ReplayRecord): record is RecordOf<K> => wanted.has(record.kind);
};

/** Follows one ticket through what clerks did with it. Returns what is wrong, and how it ended. */
function followTicket(number: string, steps: readonly ClerkRecord[]) {
  const problems: string[] = [];
  let place: 'waiting' | 'called' | 'serving' | 'finished' | 'missed' = 'waiting';
  let callId = '';
  let calls = 0;
  for (const step of steps) {
    if (step.kind === 'called') {
      calls += 1;
      if (place !== 'waiting')
        problems.push(`${number} was called again (counter ${step.counterLabel}) while ${place}`);
      place = 'called';
      callId = step.callId;
      continue;
    }
    if (step.callId !== callId) problems.push(`${number}: ${step.kind} belongs to another call`);
    const before: 'serving' | 'called' = step.kind === 'finished' ? 'serving' : 'called';
    if (place !== before) problems.push(`${number}: ${step.kind} while ${place}`);
    if (step.kind === 'arrived') place = 'serving';
    if (step.kind === 'noShow') place = step.missed ? 'missed' : 'waiting';
    if (step.kind === 'finished') place = 'finished';
  }
  if (calls === 0) problems.push(`${number} was drawn and never called`);
  else if (place !== 'finished' && place !== 'missed') problems.push(`${number} was left ${place}`);
  return { problems, calls, end: place };
}

function judgeTickets(records: readonly ReplayRecord[]): string[] {
  const problems: string[] = [];
  const numbers = new Map<string, string>();
  const visits = new Set<string>();
  for (const ticket of records.filter(isKind('drawn'))) {
    const earlier = numbers.get(ticket.number);
    if (earlier !== undefined) problems.push(`${ticket.number} was given to ${earlier} and to ${ticket.visitor}`);
    numbers.set(ticket.number, ticket.visitor);
    if (visits.has(ticket.visitId)) problems.push(`${ticket.number} shares its visit with another ticket`);
    visits.add(ticket.visitId);
  }
  for (const { visitor, type } of records.filter(isKind('refused')))
    problems.push(`visitor ${visitor} got no ticket: ${type}`);
  return problems;
}

function judgeBoard(records: readonly ReplayRecord[], numberOf: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  const shown = new Map<string, RecordOf<'shown'>>();
  const standing = new Set<string>();
  for (const record of records.filter(isKind('shown', 'withdrawn'))) {
    if (record.kind === 'withdrawn') {
      standing.delete(record.callId);
      continue;
    }
    const key = `${record.callId}/${record.announcement}`;
    if (shown.has(key)) problems.push(`${record.number} was announced twice (counter ${record.counterLabel})`);
    shown.set(key, record);
    standing.add(record.callId);
  }
  const calls = records.filter(isKind('called'));
  for (const call of calls) {
    const seen = shown.get(`${call.callId}/1`);
    if (seen === undefined) problems.push(`the call of ${call.number} to counter ${call.counterLabel} was not shown`);
    else if (seen.number !== call.number || seen.counterLabel !== call.counterLabel)
      problems.push(
        `${call.number} was called to counter ${call.counterLabel}, shown was ${seen.number} to counter ${seen.counterLabel}`,
      );
  }
  for (const { callId, announcement, visitId } of records.filter(isKind('recalled')))
    if (!shown.has(`${callId}/${announcement}`))
      problems.push(`recall ${announcement} of ${numberOf.get(visitId) ?? visitId} was not shown`);
  // A withdrawn call may have stood on the board until the withdrawal was heard of.
  const known = new Set([...calls, ...records.filter(isKind('gaveUp'))].map((call) => call.callId));
  for (const { callId, number } of shown.values())
    if (!known.has(callId)) problems.push(`${number} was shown, but nobody called it`);
  for (const callId of standing)
    problems.push(`${shown.get(`${callId}/1`)?.number ?? callId} still stood on the board`);
  return problems;
}

function judgeStates(records: readonly ReplayRecord[], devices: readonly string[]): string[] {
  const problems: string[] = [];
  const states = new Map(records.filter(isKind('state')).map((state) => [state.device, state]));
  for (const device of devices) if (!states.has(device)) problems.push(`${device} did not report its state`);
  const kinds = Map.groupBy(states.values(), (state) => `${state.rows} rows, hash ${state.stateHash.slice(0, 12)}`);
  if (kinds.size > 1)
    problems.push(
      `devices differ: ${[...kinds].map(([kind, same]) => `${kind}: ${same.map((state) => state.device).join(' ')}`).join('; ')}`,
    );
  for (const { device, pending } of states.values())
    if (pending > 0) problems.push(`${device} still had ${pending} events to send`);
  return problems;
}

export function judge(records: readonly ReplayRecord[], expectation: Expectation): Verdict {
  const drawn = records.filter(isKind('drawn'));
  const clerk = records.filter(isKind('called', 'recalled', 'arrived', 'noShow', 'finished'));
  const numberOf = new Map(drawn.map((ticket) => [ticket.visitId, ticket.number]));
  const steps = Map.groupBy(clerk, (record) => record.visitId);
  const problems = judgeTickets(records);

  const asked = drawn.length + records.filter(isKind('refused')).length;
  if (asked !== expectation.visitors)
    problems.push(`${expectation.visitors} visitors came, the kiosks answered ${asked}`);

  const tickets = drawn.map((ticket) => ({ ticket, ...followTicket(ticket.number, steps.get(ticket.visitId) ?? []) }));
  problems.push(...tickets.flatMap((ticket) => ticket.problems));
  for (const call of clerk.filter(isKind('called'))) {
    const number = numberOf.get(call.visitId);
    if (number === undefined) problems.push(`${call.number} was called, but nobody drew it`);
    else if (number !== call.number) problems.push(`${number} was called by the number ${call.number}`);
  }
  problems.push(...judgeBoard(records, numberOf), ...judgeStates(records, expectation.devices));

  const waits = drawn.flatMap((ticket) => {
    const first = steps.get(ticket.visitId)?.find(isKind('called'));
    return first === undefined ? [] : [Math.max(0, first.at - ticket.at)];
  });
  const count = <T>(items: readonly T[], test: (item: T) => boolean) => items.filter(test).length;
  return {
    problems,
    drawn: drawn.length,
    called: count(tickets, (ticket) => ticket.calls > 0),
    calledAgain: tickets.reduce((sum, ticket) => sum + Math.max(0, ticket.calls - 1), 0),
    recalls: count(clerk, isKind('recalled')),
    withdrawn: count(records, isKind('gaveUp')),
    finished: count(tickets, (ticket) => ticket.end === 'finished'),
    missed: count(tickets, (ticket) => ticket.end === 'missed'),
    shown: count(records, isKind('shown')),
    meanWaitMs: waits.length === 0 ? 0 : Math.round(waits.reduce((sum, wait) => sum + wait, 0) / waits.length),
    longestWaitMs: waits.reduce((most, wait) => Math.max(most, wait), 0),
  };
}
