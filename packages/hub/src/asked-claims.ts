/**
 * Claims that were decided before their authors had them on disk, until they come (rule O6). An author that dies in between
 * knows nothing of what it asked: then nobody waits for the decision, and it is taken back in the author's place, before
 * anything that the author has done since is ordered. Runs inside the sequencer's transactions and for it alone.
 */
import type { EventStore } from '@aufruf/engine/store/event-store';
import { commandIdSchema, type DeviceId, deviceIdSchema, incarnationSchema } from '@aufruf/shared/lib/ids';
import { type EpochMs, type LocalDate, localDateSchema } from '@aufruf/shared/lib/time';
import type { JournalEvent } from '@aufruf/shared/sync/event';
import { z } from 'zod';
import type { PushedEvent } from './claims-in-push.ts';
import type { SequencerLog } from './sequencer-log.ts';

/** Where in a journal something stands, or is to stand. */
export type JournalPlace = Pick<JournalEvent, 'device' | 'incarnation' | 'seq'>;

export interface AskedClaims {
  /** A claim has been decided today that is to come from there. */
  note(claim: AskedClaim): void;
  /** An event that is about to be ordered: if it stands where another was asked to, that one was never written. */
  meet(pushed: PushedEvent, now: EpochMs): void;
  /** Whether something of this device is still to come. */
  awaits(device: DeviceId): boolean;
  /** The device has come back, and its journal ends there. */
  meetEnd(end: JournalPlace, now: EpochMs): void;
  /** Reads from the store again what was noted: it may not have been committed. */
  forget(): void;
}

const SETTING = 'askedClaims';
const claimSchema = z.strictObject({
  commandId: commandIdSchema,
  device: deviceIdSchema,
  incarnation: incarnationSchema,
  seq: z.int().min(1),
});
const settingSchema = z.strictObject({ day: localDateSchema, claims: z.array(claimSchema) });
export type AskedClaim = z.infer<typeof claimSchema>;

export function createAskedClaims(store: EventStore, log: SequencerLog, today: () => LocalDate): AskedClaims {
  let noted: { readonly day: LocalDate; readonly claims: readonly AskedClaim[] } | null = null;

  /** What another version has noted in another shape is none of ours. */
  const read = (): NonNullable<typeof noted> =>
    settingSchema.safeParse(JSON.parse(store.readSetting(SETTING) ?? 'null')).data ?? { day: today(), claims: [] };

  /** Of today: on a day that is over nothing is given back. */
  function claims(): readonly AskedClaim[] {
    noted ??= read();
    return noted.day === today() ? noted.claims : [];
  }

  function keep(next: readonly AskedClaim[]): void {
    noted = { day: today(), claims: next };
    store.writeSetting(SETTING, JSON.stringify(noted));
  }

  /** Those that meet this criterion are awaited no longer, and taken back unless `hasCome`. */
  function end(isMet: (claim: AskedClaim) => boolean, now: EpochMs, hasCome: (claim: AskedClaim) => boolean): void {
    const met = claims().filter(isMet);
    if (met.length === 0) return;
    keep(claims().filter((claim) => !met.includes(claim)));
    const lost = met.filter((claim) => !hasCome(claim));
    log.write(
      lost.map(({ commandId }) => ({ type: 'v1.ClaimWithdrawn', payload: { commandId } })),
      now,
    );
  }

  return {
    note: (claim) => keep([...claims(), claim]),
    meet({ event, claim: pushed }, now) {
      const id = pushed?.type === 'v1.ClaimMade' ? pushed.payload.command.commandId : null;
      const isThere = ({ device, incarnation, seq }: AskedClaim): boolean =>
        device === event.device && incarnation === event.incarnation && seq === event.seq;
      end(isThere, now, ({ commandId }) => commandId === id);
    },
    awaits: (device) => claims().some((claim) => claim.device === device),
    meetEnd({ device, incarnation, seq }, now) {
      const isBeyond = (claim: AskedClaim): boolean =>
        claim.device === device && claim.incarnation === incarnation && claim.seq > seq;
      end(isBeyond, now, () => false);
    },
    forget() {
      noted = null;
    },
  };
}
