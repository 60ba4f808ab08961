/**
 * Says what is wrong, from what people saw. The log that hub and devices agree on in the end is the accused, never a
 * witness: it must hold everything that anybody was told, once, and as it was told.
 */
import type { Seen } from './records.ts';
import type { HolderReport } from './report.ts';

/** What can be void without anybody being wronged: conflicts of calls made without the hub (O8), and what follows them. */
const OF_CONFLICTS = [
  'takenByOther',
  'notCallable',
  'noVisitCalled',
  'noVisitInService',
  'visitInProgress',
  'alreadyHandedOver',
];
const CALLS = ['callNext', 'markArrived', 'finish'] as const;
const isOfCall = (name: string): name is (typeof CALLS)[number] => CALLS.some((call) => call === name);

/** `reports`: of the hub first, and of all devices, when everything has come to rest. Empty when all is well. */
export function judge(seen: readonly Seen[], [hub, ...devices]: readonly HolderReport[]): readonly string[] {
  if (hub === undefined) return ['X10: there is no hub in the end'];
  return [
    ...judgeAgreement(hub, devices),
    ...judgeTickets(seen, hub),
    ...judgeAnswers(seen, hub),
    ...judgeBoards(seen, hub),
  ];
}

function* judgeAgreement(hub: HolderReport, devices: readonly HolderReport[]): Iterable<string> {
  for (const { by, rows, stateHash, waiting } of devices) {
    if (rows !== hub.rows || stateHash !== hub.stateHash) yield `X5: ${by} holds another state than the hub`;
    if (waiting > 0) yield `X10: ${waiting} events of ${by} have never reached the hub`;
  }
}

function* judgeTickets(seen: readonly Seen[], { tickets }: HolderReport): Iterable<string> {
  const inLog = new Map(tickets.map((ticket) => [ticket.visitId, ticket]));
  const holders = new Map<string, string>();
  for (const { number, visitId } of tickets) {
    const other = number === null ? undefined : holders.get(number);
    if (other !== undefined) yield `X2: ${number} stands in the log for ${other} and for ${visitId}`;
    if (number !== null) holders.set(number, visitId);
  }
  const printed = new Map<string, string>();
  for (const record of seen) {
    if (record.kind === 'printed') {
      const other = printed.get(record.number);
      if (other !== undefined && other !== record.visitId) yield `X2: ${record.number} was printed twice`;
      printed.set(record.number, record.visitId);
      const ticket = inLog.get(record.visitId);
      if (ticket === undefined) yield `X1: ${record.number}, printed by ${record.by}, is in nobody's log`;
      else if (ticket.number !== record.number)
        yield `X1: ${record.number}, printed by ${record.by}, is ${ticket.number} in the log`;
    }
    if (record.kind === 'handedOver' && inLog.get(record.visitId)?.isVoid !== false)
      yield `X1: ${inLog.get(record.visitId)?.number} is void, and somebody holds it`;
  }
}

function* judgeAnswers(seen: readonly Seen[], { outcomes, rejections }: HolderReport): Iterable<string> {
  for (const reason of rejections)
    if (!OF_CONFLICTS.includes(reason)) yield `O7: an event was rejected as ${reason}, which no conflict explains`;
  // A conflict makes one call void, or both: where the visitor went to the counter that called second (O8).
  const voidable = { callNext: 2 * rejections.length, markArrived: rejections.length, finish: rejections.length };
  const superseded = { callNext: 0, markArrived: 0, finish: 0 };
  const callers = new Map<string, string>();
  let repeated = 0;
  for (const record of seen) {
    if (record.kind !== 'confirmed') continue;
    if (outcomes[record.commandId] !== 'granted') {
      if (isOfCall(record.name)) superseded[record.name] += 1;
      else yield `J4: ${record.name} of ${record.by} was acknowledged and is ${outcomes[record.commandId]} in the log`;
    }
    if (record.name !== 'callNext' || record.visitId === null) continue;
    if (callers.has(record.visitId)) repeated += 1;
    callers.set(record.visitId, record.by);
  }
  for (const name of CALLS)
    if (superseded[name] > voidable[name])
      yield `J4: ${superseded[name]} acknowledged ${name} are not in the log, and only ${rejections.length} conflicts are`;
  if (repeated > rejections.length)
    yield `X3: ${repeated} visitors were called twice, and only ${rejections.length} conflicts are on record`;
}

function* judgeBoards(seen: readonly Seen[], { outcomes }: HolderReport): Iterable<string> {
  const announced = new Set<string>();
  const withdrawn = new Set<string>();
  for (const record of seen) if (record.kind === 'withdrawn') withdrawn.add(`${record.by} ${record.callId}`);
  for (const record of seen) {
    if (record.kind !== 'shown') continue;
    const { by, callId, number, announcement } = record;
    // A display that was started again shows what is there.
    const key = `${by} ${record.life} ${callId} ${announcement}`;
    if (announced.has(key)) yield `X6: ${by} announced ${number} twice`;
    announced.add(key);
    if (outcomes[callId] === 'granted' || withdrawn.has(`${by} ${callId}`)) continue;
    yield `J4: ${by} shows ${number}, which is ${outcomes[callId]} in the log`;
  }
}
