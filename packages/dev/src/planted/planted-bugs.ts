/**
 * Bugs to be found: each breaks one rule of SPEC.md by an edit of the sources, made while they are loaded and nowhere
 * else, so that what ships carries no switch for being broken. The simulator must find every one; that is what shows that
 * it can find anything. `planted-bugs.test.ts` says so when an edit no longer fits its file.
 */
import type { SimulationOptions } from '@aufruf/hub/simulation/plan';

export interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
}

export interface PlantedBug {
  readonly id: string;
  /** The rule that it breaks. */
  readonly rule: string;
  readonly edits: readonly Edit[];
  /** The seeds it shows itself in: it needs what few of the others have. Absent = any. */
  readonly suits?: Omit<SimulationOptions, 'seed'>;
}

const HUB = 'packages/hub/src';
const ENGINE = 'packages/engine/src';
const DOMAIN = 'packages/shared/src/domain';
const SIMULATION = 'packages/hub/src/simulation';

/** A bug for seeds of one shape. */
const suited = (suits: NonNullable<PlantedBug['suits']>, planted: PlantedBug): PlantedBug => ({ ...planted, suits });

const bug = (
  rule: string,
  id: string,
  ...edits: readonly [file: string, find: string, replace: string][]
): PlantedBug => ({
  id,
  rule,
  edits: edits.map(([file, find, replace]) => ({ file, find, replace })),
});

export const plantedBugs: readonly PlantedBug[] = [
  bug('J1', 'a gap in seq is accepted', [
    `${HUB}/sequencer-push.ts`,
    'if (event.seq !== head.seq + 1) return',
    'if (event.seq !== head.seq + 1) continue;\n    if (false) return',
  ]),
  bug('J1', 'a journal that is not chained is accepted', [
    `${HUB}/sequencer-push.ts`,
    'if (event.prevHash !== head.hash) return',
    'if (event.prevHash !== head.hash) continue;\n    if (false) return',
  ]),
  bug('J2', 'a new disk goes on under the old incarnation', [
    `${SIMULATION}/create-world.ts`,
    'incarnation: chance.hex128() as Incarnation,',
    "incarnation: Buffer.from(device.padEnd(16)).toString('hex').slice(0, 32) as Incarnation,",
  ]),
  bug('J3', 'the same key with another content counts as held', [
    `${HUB}/sequencer-push.ts`,
    'if (before !== hash) return',
    'if (false) return',
  ]),
  bug('J4', 'acknowledged before the commit', [
    `${HUB}/sequencer-queue.ts`,
    'acknowledgements = store.transact(() => works.map((work) => work.run(platform.now())));',
    'acknowledgements = [];\n      store.transact(() => { for (const work of works) work.run(platform.now())(); });',
  ]),
  bug('J4', 'a device answers before it has journaled', [
    `${ENGINE}/sync/device-engine.ts`,
    'journal(decision.value.facts);\n    return',
    'platform.schedule(400, () => journal(decision.value.facts));\n    return',
  ]),
  bug('J6', 'events of a newer version are refused', [
    `${HUB}/hub-core-rights.ts`,
    'return !isKnown || ',
    'return isKnown && ',
  ]),
  bug('S1', 'synchronous=NORMAL: a power failure takes the last commits', [
    `${SIMULATION}/plan.ts`,
    'unflushedCommits: () => 0,',
    'unflushedCommits: (chance) => chance.between(1, 6),',
  ]),
  bug('S3', 'success is shown although the disk is full', [
    `${ENGINE}/sync/device-engine.ts`,
    'journal(decision.value.facts);\n    return',
    'try { journal(decision.value.facts); } catch {}\n    return',
  ]),
  bug('S3', 'a failed commit stays in memory', [
    `${HUB}/sequencer.ts`,
    'onUndone: () => {\n      log.reload();\n',
    'onUndone: () => {\n',
  ]),
  bug('O1', 'rows are taken without checking their chain', [
    `${ENGINE}/store/verified-entry.ts`,
    "if (chainRow(head.chain, row, sha256) !== row.chain) return 'not chained to its predecessor';",
    '',
  ]),
  suited(
    { faults: { intruder: 20, hubKilled: 4 } },
    bug('O3', 'a lower epoch is accepted', [
      `${ENGINE}/sync/device-session.ts`,
      'if (epoch < state.epoch) return alarm(',
      'if (false) return alarm(',
    ]),
  ),
  bug('O4', 'an order that contradicts the own is not noticed', [
    `${HUB}/sequencer-log.ts`,
    'const unchained = { day, n: head.n + 1, epoch,',
    'const unchained = { day, n: head.n + 1 + (event.type === "v1.BreakBegan" ? 1 : 0), epoch,',
  ]),
  suited(
    { faults: { browserCut: 20 } },
    bug('O6', 'a retry carries a new id', [
      `${SIMULATION}/people/ask.ts`,
      'askUntilAnswered(world, station, command, attempts - 1, onAnswer)',
      'askUntilAnswered(world, station, { ...command, commandId: station.process.platform.newCommandId() }, attempts - 1, onAnswer)',
    ]),
  ),
  suited(
    { faults: { hubKilled: 8, cut: 8 } },
    bug('O6', 'a repeated command is carried out again', [
      `${ENGINE}/sync/device-engine.ts`,
      "if (outcome !== undefined && outcome.status !== 'pending') return claims.known(command.commandId, outcome);",
      '',
    ]),
  ),
  bug('O6', 'reducers choose again whom a claim concerns', [
    `${DOMAIN}/visit/evolve-calling.ts`,
    "    const visit = draft.visit(visitId);\n    if (visit === undefined) return 'unknownVisit';\n    // O8",
    "    const visit = mode === 'next' ? [...draft.openVisits()].findLast(({ state }) => state === 'waiting') : draft.visit(visitId);\n    if (visit === undefined) return 'unknownVisit';\n    // O8",
  ]),
  suited(
    { faults: { deviceDiesAtCommit: 30 } },
    bug('O6', 'what was asked by an author that died before it had written stays granted', [
      `${HUB}/hub.ts`,
      '      if (greeting.isFirst) sequencer.meetEnd(greeting.end);\n',
      '',
    ]),
  ),
  suited(
    { faults: { deviceDiesAtCommit: 30 } },
    bug('J4', 'what the hub has decided is told before it is noted', [
      `${ENGINE}/sync/early-asks.ts`,
      'if (decision === null || !isNoted(head)) return onHead(head);',
      'if (decision === null) return onHead(head);',
    ]),
  ),
  bug('O6', 'what was asked before a restart is left to be granted', [
    `${ENGINE}/sync/device-engine.ts`,
    '  claims.withdrawLeftovers();\n  tick();',
    '  tick();',
  ]),
  suited(
    { faults: { deviceKilled: 12, hubKilled: 6, hubPowerLost: 4, deviceClockJumps: 8 } },
    bug('O6', 'a claim given up is not withdrawn', [
      `${ENGINE}/sync/device-claims.ts`,
      '    givenUp.set(name, withdrawals([name]));\n',
      '',
    ]),
  ),
  bug('O7', 'the reducer reads the clock', [
    `${DOMAIN}/day/day-draft.ts`,
    'export function createDayDraft(state: DayState, row: number, at: EpochMs): DayDraft {',
    'export function createDayDraft(state: DayState, row: number, at: EpochMs): DayDraft {\n  at = Math.floor(performance.now());',
  ]),
  bug(
    'O7',
    'text is sorted by the language of the machine',
    [
      'packages/shared/src/sync/canonical-json.ts',
      'const keys = Object.keys(object);',
      // One machine is set to another language than the rest: capitals sort with small letters there.
      'const keys = Object.keys(object);\n  if (globalThis.runningMachine?.endsWith("-1")) return keys.sort((a, b) => a.localeCompare(b));',
    ],
    [
      `${SIMULATION}/machinery/machine.ts`,
      '      try {\n        work();',
      '      try {\n        globalThis.runningMachine = name;\n        work();',
    ],
  ),
  bug('O8', 'a visitor in service can be called away', [
    `${DOMAIN}/visit/guards.ts`,
    "  if (visit.counterId !== null) return 'takenByOther';\n  return visit.state === 'waiting' || visit.state === 'missed' ? null : 'notCallable';",
    "  return visit.state === 'parked' || visit.state === 'booked' ? 'notCallable' : null;",
  ]),
  bug(
    'M4',
    'silence is not noticed',
    [
      `${ENGINE}/sync/peer.ts`,
      "if (monoMs - quietSince > SILENCE_MS) return 'silent';",
      "if (monoMs - quietSince > 20 * SILENCE_MS) return 'silent';",
    ],
    [
      `${SIMULATION}/machinery/network.ts`,
      'const SILENT_END_MS = PING_INTERVAL_MS + PING_TIMEOUT_MS;',
      'const SILENT_END_MS = 10 * (PING_INTERVAL_MS + PING_TIMEOUT_MS);',
    ],
  ),
  bug('M3', 'counters that are alone call whomever they see first', [
    `${DOMAIN}/calling-order/own-visits.ts`,
    '  return rendezvous(visit.id, staffed.length > 0 ? staffed : serving) === counterId;',
    '  return serving.includes(counterId);',
  ]),
  bug('M3', 'alone, a claim the hub may have heard is decided under its old name', [
    `${ENGINE}/sync/device-claims.ts`,
    'decided(anew(command), now);\n    if (isJournaled([...withdrawals([id]), draft],',
    'decided(command, now);\n    if (isJournaled([draft],',
  ]),
  bug(
    'N1',
    'a number is forgotten once it is given',
    [
      `${DOMAIN}/ticket/number-series.ts`,
      '    used: addUsed(used, number.value),',
      '    used: number.value % 7 === 0 ? used : addUsed(used, number.value),',
    ],
    [
      `${DOMAIN}/ticket/number-series.ts`,
      'Math.max(lastMain, number.value) : lastMain,',
      'number.value - 1 : lastMain,',
    ],
  ),
  bug('N1', 'all kiosks draw from one lane', [
    `${DOMAIN}/ticket/lanes.ts`,
    'const device = devices[i % devices.length] as DeviceId;',
    'for (const device of devices)',
  ]),
  suited(
    { squeeze: 300, faults: { cut: 12, diskLost: 8 } },
    bug('N2', 'a new incarnation begins where its lane begins', [
      `${DOMAIN}/ticket/lanes.ts`,
      'return blocks[Math.max(touched, current) + 1 + leftFree] ?? NOTHING;',
      'return blocks[current + 1] ?? NOTHING;',
    ]),
  ),
  suited(
    { days: 2, faults: { island: 4, hubKilled: 4 } },
    bug(
      'N2',
      'a lane survives midnight',
      [`${ENGINE}/sync/lane-use.ts`, 'if (event.day !== day || event.type', 'if (event.type'],
      [`${ENGINE}/sync/lane-use.ts`, 'if (page.every((event) => event.day < day)) break;', ''],
    ),
  ),
  suited(
    { faults: { deviceDiesAtCommit: 12, deviceKilled: 6 } },
    bug('N3', 'a kiosk that starts voids nothing', [
      `${SIMULATION}/people/kiosk.ts`,
      'const count = running.voidUnhandedTickets(kioskId);',
      'const count = 0 * Number(running);',
    ]),
  ),
  bug('T1', 'the device’s clock decides when it came', [
    `${HUB}/sequencer.ts`,
    '!ended.has(command.commandId)) decisions.settle(command, now);',
    '!ended.has(command.commandId)) decisions.settle(command, Math.min(now, one.event.deviceAt));',
  ]),
  bug('D1', 'the day is taken from the device’s clock', [
    `${ENGINE}/sync/device-day.ts`,
    'const { day: today } = ledger;',
    'const today = new Date(platform.now()).toISOString().slice(0, 10) as LocalDate;',
  ]),
  bug('D1', 'the hub believes any clock', [
    `${HUB}/business-day.ts`,
    "if (day < lastOpened) return { type: 'clockBehind', day };\n  if (day > addDays(lastOpened, maxDaysApart)) return { type: 'clockAhead', day };",
    '',
  ]),
  bug('D2', 'late events of yesterday are counted today', [
    `${HUB}/sequencer-log.ts`,
    'const { day, device, incarnation, seq } = event;',
    'const { device, incarnation, seq } = event;\n    const day = ledger?.day ?? event.day;',
  ]),
  bug('D2', 'late events of yesterday are never ordered', [
    `${HUB}/sequencer.ts`,
    'if (event.day > day || (relay !== null && event.day < day)) return null;',
    'if (event.day !== day) return null;',
  ]),
  // A head shows that something was lost in two ways: by its position, and by a tail that does not fit.
  bug(
    'P1',
    'a lost broadcast is never asked for',
    [`${ENGINE}/sync/device-session.ts`, 'if (own.n < position.n) set({ hubHead: position });', ''],
    [`${ENGINE}/sync/device-session.ts`, "if (result.type === 'ahead') set({ mustPull: true });", ''],
  ),
  bug('P3', 'an unanswered request is waited for without end', [
    `${ENGINE}/sync/device-session.ts`,
    "if (now.monoMs - oldest >= ANSWER_TIMEOUT_MS) reset('unanswered, or silent');",
    '',
  ]),
  bug(
    'X6',
    'a display announces again after its restart',
    [
      `${DOMAIN}/announcement/announcer.ts`,
      '  if (state.takenUp === null) return { ...state, takenUp, startedAt: now };\n',
      '',
    ],
    [
      `${DOMAIN}/announcement/announcer.ts`,
      'const { takenUp: before, startedAt } = state;',
      'const before = state.takenUp ?? new Map();\n  const startedAt = null as number | null;',
    ],
  ),
  bug('X6', 'a display goes on showing who has arrived', [
    `${DOMAIN}/views/call-board.ts`,
    "if (visit.state !== 'called' || visit.call === null || visit.number === null || service === undefined) continue;\n    const { callId, counterId, calledAt, announcement, announcedAt } = visit.call;",
    'if (visit.number === null || service === undefined || visit.lastCalledAt === null) continue;\n    const { callId, counterId, calledAt, announcement, announcedAt } = visit.call ?? { callId: visit.id, counterId: visit.counterId, calledAt: 0, announcement: 1, announcedAt: 0 };',
  ]),
  bug('X7', 'who came last is called first', [
    `${DOMAIN}/calling-order/rank.ts`,
    'a.key - b.key ||',
    'b.key - a.key ||',
  ]),
  bug('X8', 'the sender says which role it has', [
    `${HUB}/hub-core-rights.ts`,
    "if (role === 'display') return false;",
    'return true;',
  ]),
  bug('X8', 'anybody may bring events of others', [
    `${HUB}/hub-core.ts`,
    "if (author === null || !mayLack) return 'forgedAuthor';",
    '',
  ]),
];
