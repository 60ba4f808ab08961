/**
 * Deciding alone (rules M3, D1): what a device must know before it decides what otherwise the hub decides. Pure, but for
 * reading the store; the engine journals what comes out.
 */
import type { Command } from '@aufruf/shared/domain/commands';
import type { CommandOutcome, DayState } from '@aufruf/shared/domain/day/day-state';
import { decide } from '@aufruf/shared/domain/decide';
import { type LocationConfig, locationConfigSchema } from '@aufruf/shared/domain/location-config/schema';
import type { LaneUse } from '@aufruf/shared/domain/ticket/lanes';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { CommandId, DeviceId } from '@aufruf/shared/lib/ids';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '@aufruf/shared/lib/time';
import type { EventDraft, EventStore } from '../store/event-store.ts';
import type { CommandAnswer } from './command-answer.ts';

/** D1: so long after the hub was heard last, a device still believes that it knows which day it is. */
export const LONE_SPAN_MS = 36 * HOUR_MS;
/** A clock may be this much behind the hub's last time; it counts as that time then. */
export const CLOCK_SLACK_MS = 15 * MINUTE_MS;

/** The time to decide at; null when the clock cannot be right, or nothing is known that says so (D1). */
export function soundTime(now: EpochMs, lastHubAt: EpochMs | null): EpochMs | null {
  if (lastHubAt === null || now < lastHubAt - CLOCK_SLACK_MS || now > lastHubAt + LONE_SPAN_MS) return null;
  return Math.max(now, lastHubAt);
}

/** When the hub was heard last, as far as the order held tells; null when it never was. */
export function lastOrderedAt(store: Pick<EventStore, 'days' | 'head' | 'rowAt'>): EpochMs | null {
  for (const day of [...store.days()].reverse()) {
    const { n } = store.head(day);
    const row = n === 0 ? null : store.rowAt(day, n);
    if (row !== null) return row.receivedAt;
  }
  return null;
}

/**
 * The name under which a withdrawn claim is decided anew (M3): the hub may have granted the first one unheard. Always the
 * same, so that a caller's retry of the first finds the outcome of the second.
 */
export const anewId = (id: CommandId, sha256: Sha256): CommandId =>
  sha256(`decided anew: ${id}`).slice(0, 32) as CommandId;

/**
 * The name a command goes by now: its own, or the one it was decided anew under. The second counts even where the first can
 * no longer be taken back, its visitor being served already.
 */
export function currentName(
  id: CommandId,
  outcomeOf: (id: CommandId) => CommandOutcome | undefined,
  sha256: Sha256,
): CommandId {
  const next = anewId(id, sha256);
  const isRenamed = outcomeOf(id)?.status === 'withdrawn' || outcomeOf(next) !== undefined;
  return isRenamed ? currentName(next, outcomeOf, sha256) : id;
}

export interface LoneDecision {
  /** What to journal before the answer is given. */
  readonly draft: Omit<EventDraft, 'day'>;
  readonly answer: CommandAnswer;
}

/** `state` with the own events on top; `known` as ordered. Configurations are the hub's alone. */
export function decideAlone(
  command: Command,
  now: EpochMs,
  state: DayState,
  known: DayState,
  use: LaneUse,
): LoneDecision {
  const { commandId } = command;
  const { device, lastGiven, blocksLeftFree } = use;
  const decision = decide(command, state, now, { by: 'device', known, device, lastGiven, blocksLeftFree });
  const outcome = decision.ok
    ? { type: 'granted', facts: decision.value.facts, receipt: decision.value.receipt }
    : { type: 'refused', refusal: decision.refusal };
  return {
    draft: { type: 'v1.ClaimDecided', payload: { commandId, outcome } },
    answer: decision.ok ? { ok: true, value: decision.value.receipt } : decision,
  };
}

/** A display decides nothing and opens no day (X8). */
export const isDisplay = (device: DeviceId, { displays }: LocationConfig): boolean =>
  displays.some(({ id }) => (id as string) === device);

/** The configuration kept with the last day this device opened by itself. */
export function rememberedConfig(store: Pick<EventStore, 'readSetting'>): LocationConfig | null {
  const parsed = locationConfigSchema.safeParse(JSON.parse(store.readSetting('configuration') ?? 'null'));
  return parsed.success ? parsed.data : null;
}
