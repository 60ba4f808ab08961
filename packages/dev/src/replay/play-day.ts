/**
 * Runs the processes of a replay: brings them up, starts the clock, carries between them what people would see (who looks
 * at the board), closes the doors, waits until all devices agree, and collects what everybody told.
 */

import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { HOUR_MS } from '@aufruf/shared/lib/time';
import { type Child, startChild } from './child.ts';
import { createCompressedClock } from './compressed-clock.ts';
import { nextSpeed } from './pace-keeper.ts';
import type { ProcessSettings } from './process-settings.ts';
import type { ReplayRecord } from './records.ts';
import type { ReplayPlan } from './replay-plan.ts';

/** Processes that share the counters. */
const COUNTER_PROCESSES = 2;
const READY_TIMEOUT_MS = 30_000;
/** A day and the machinery's time; a replay that takes longer is stuck. */
const DAY_MS = 24 * HOUR_MS;
/** A busy machine slows the clock down: the day may take so many times as long as it should. */
const LONGEST_DAY = 8;
const PLAY_GRACE_MS = 120_000;
/** A pace begins a moment after everybody was told, so that all hear of it before. */
const PACE_DELAY_MS = 100;
/** How often the clock's pace is looked after. */
const PACE_MS = 500;
/** X10: after this, devices that are connected have converged. */
const CONVERGE_TIMEOUT_MS = 10_000;
const CONVERGE_CHECK_MS = 200;

export interface PlayedDay {
  readonly records: readonly ReplayRecord[];
  /** All devices of the location, the hub included. */
  readonly devices: readonly string[];
  /** How much faster than natural the day went in the end. */
  readonly meanSpeed: number;
}

interface Waiter {
  readonly isMet: () => boolean;
  readonly resolve: () => void;
}

/** Whether the last `count` states say that all is delivered and everybody holds the same. */
function agree(states: readonly Extract<ReplayRecord, { kind: 'state' }>[]): boolean {
  const [first] = states;
  return states.every(
    (state) => state.pending === 0 && state.rows === first?.rows && state.stateHash === first.stateHash,
  );
}

export async function playDay(
  plan: ReplayPlan,
  { folder, speed, signal }: { readonly folder: string; readonly speed: number; readonly signal: AbortSignal },
): Promise<Result<PlayedDay, { type: 'notPlayed'; detail: string }>> {
  const records: ReplayRecord[] = [];
  const states = new Map<string, Extract<ReplayRecord, { kind: 'state' }>>();
  const children: Child[] = [];
  const ready = new Set<string>();
  const done = new Set<string>();
  let hubUrl = '';
  let failure: string | null = null;
  let waiters: Waiter[] = [];

  const wake = () => {
    const met = waiters.filter((waiter) => failure !== null || waiter.isMet());
    waiters = waiters.filter((waiter) => !met.includes(waiter));
    for (const waiter of met) waiter.resolve();
  };
  const fail = (detail: string) => {
    failure ??= detail;
    wake();
  };
  signal.addEventListener('abort', () => fail('interrupted'));
  /** Resolves when `isMet`, or something failed, or it took too long (which is a failure too). */
  async function until(what: string, isMet: () => boolean, timeoutMs: number): Promise<boolean> {
    if (failure === null && !isMet()) {
      const timer = setTimeout(() => fail(`${what} took longer than ${Math.round(timeoutMs / 1000)} s`), timeoutMs);
      await new Promise<void>((resolve) => waiters.push({ isMet, resolve }));
      clearTimeout(timer);
    }
    return failure === null;
  }

  const firstPace = { virtualAt: plan.startAt, realAt: Date.now(), speed: 1 };
  const clock = createCompressedClock(firstPace, () => Date.now());
  const settings = {
    clock: firstPace,
    planFile: join(folder, 'plan.json'),
    locationFile: join(folder, 'location.json'),
    dataFolder: folder,
  };
  function start(name: string, role: ProcessSettings['role'], stations: readonly string[]): Child {
    const child = startChild(
      name,
      { ...settings, role, stations: [...stations], hubUrl },
      {
        onLine(line) {
          if (line.kind === 'ready') {
            ready.add(name);
            hubUrl = line.url ?? hubUrl;
          } else if (line.kind === 'done') done.add(name);
          else if (line.kind === 'failed') fail(`${name} failed: ${line.detail}`);
          else if (line.kind === 'pulse') pulses.push(line);
          else if (line.kind === 'state') states.set(line.device, line);
          else records.push(line);
          // Citizens see the board, and clerks see whether somebody comes.
          if (line.kind === 'shown')
            for (const clerks of counterProcesses)
              clerks.tell({ kind: 'seen', callId: line.callId, announcement: line.announcement });
          wake();
        },
        onFailure: (_, detail) => fail(`${name} ${detail}`),
      },
    );
    children.push(child);
    return child;
  }
  const counterProcesses: Child[] = [];

  // ── the clock ──
  let pulses: { readonly commands: number; readonly totalMs: number }[] = [];
  let currentSpeed = speed;
  let cancelPace = (): void => {};
  function keepPace(): void {
    const commands = pulses.reduce((sum, pulse) => sum + pulse.commands, 0);
    const totalMs = pulses.reduce((sum, pulse) => sum + pulse.totalMs, 0);
    pulses = [];
    currentSpeed = nextSpeed(currentSpeed, commands === 0 ? null : totalMs / commands, speed);
    const realAt = Date.now() + PACE_DELAY_MS;
    const pace = { realAt, virtualAt: clock.at(realAt), speed: currentSpeed };
    clock.setPace(pace);
    for (const child of children) child.tell({ kind: 'pace', ...pace });
    const timer = setTimeout(keepPace, PACE_MS);
    cancelPace = () => clearTimeout(timer);
  }

  let meanSpeed = 0;
  async function play(): Promise<void> {
    const { kiosks, displays, counters } = plan.config;
    start('hub', 'hub', []);
    if (!(await until('starting the hub', () => ready.has('hub'), READY_TIMEOUT_MS))) return;
    const kioskNames = kiosks.map(({ id }) => start(id, 'kiosk', [id]).name);
    for (const { id } of displays) start(id, 'display', [id]);
    for (let part = 0; part < Math.min(COUNTER_PROCESSES, counters.length); part += 1) {
      const share = counters.filter((_, index) => index % COUNTER_PROCESSES === part).map(({ id }) => id);
      counterProcesses.push(start(`counters ${part + 1}`, 'counter', share));
    }
    if (!(await until('connecting the devices', () => ready.size === children.length, READY_TIMEOUT_MS))) return;

    const startedAt = Date.now();
    keepPace();
    const playMs = (DAY_MS / speed) * LONGEST_DAY + PLAY_GRACE_MS;
    if (!(await until('drawing the tickets', () => kioskNames.every((name) => done.has(name)), playMs))) return;
    const drawn = records.filter((record) => record.kind === 'drawn').length;
    for (const child of counterProcesses) child.tell({ kind: 'doorsClosed', drawn });
    if (!(await until('serving everybody', () => counterProcesses.every(({ name }) => done.has(name)), playMs))) return;
    meanSpeed = Math.round((clock.now() - plan.startAt) / (Date.now() - startedAt));
    await converge();
  }

  /** Asks until all agree; if they never do, the judge finds it in the last answers. */
  async function converge(): Promise<void> {
    const deadline = performance.now() + CONVERGE_TIMEOUT_MS;
    const everybody = devices.length;
    do {
      states.clear();
      for (const child of children) child.tell({ kind: 'report' });
      if (!(await until('reporting', () => states.size === everybody, CONVERGE_TIMEOUT_MS))) return;
      if (agree([...states.values()]) && isBoardEmpty()) return;
      await wait(CONVERGE_CHECK_MS);
    } while (performance.now() < deadline);
  }
  const isBoardEmpty = () => {
    const onShow = new Set<string>();
    for (const record of records) {
      if (record.kind === 'shown') onShow.add(record.callId);
      if (record.kind === 'withdrawn') onShow.delete(record.callId);
    }
    return onShow.size === 0;
  };

  const { kiosks, displays, counters } = plan.config;
  const devices = ['hub', ...[...kiosks, ...displays, ...counters].map(({ id }): string => id)];
  try {
    await play();
  } finally {
    cancelPace();
    // The hub last: devices that lose it first would complain.
    for (const child of children.slice(1)) void child.end();
    await Promise.all(children.slice(1).map((child) => child.end()));
    await children[0]?.end();
  }
  if (failure !== null) return refuse({ type: 'notPlayed', detail: failure });
  return { ok: true, value: { records: [...records, ...states.values()], devices, meanSpeed } };
}
