/**
 * Tickets that a kiosk drew and nobody got (rule N3): a page that has just been opened knows nothing of what the one before
 * it asked for, so nobody will ever see those numbers. They are voided at once; those still undecided then, as soon as they
 * are granted; and what a full disk refuses, when it takes it. The device's engine alone calls this.
 */
import type { Command } from '@aufruf/shared/domain/commands';
import type { Visit } from '@aufruf/shared/domain/visit/visit';
import type { CommandId, KioskId, VisitId } from '@aufruf/shared/lib/ids';
import type { Platform } from '../platform/platform.ts';
import { StorageFault } from '../store/event-store.ts';
import { currentName } from './alone.ts';
import type { CommandAnswer } from './command-answer.ts';
import type { DeviceDay } from './device-day.ts';

export interface UnhandedTickets {
  /** Voids this kiosk's tickets that were neither printed nor shown; returns how many at once. Repetition does nothing. */
  voidAll(kioskId: KioskId): number;
  /** Voids what could not be voided then; called with each tick. */
  retry(): void;
}

export interface UnhandedTicketsOptions {
  readonly platform: Platform;
  readonly day: DeviceDay;
  /** @throws StorageFault */
  readonly execute: (command: Command) => CommandAnswer;
}

export function createUnhandedTickets({ platform, day, execute }: UnhandedTicketsOptions): UnhandedTickets {
  /** Drawn, or asked for, for nobody: by the visit's id, which is the command's, whose kiosk it was. */
  const unhanded = new Map<VisitId, KioskId>();
  const isOf = (kioskId: KioskId, { origin, handedOver, number }: Visit): boolean =>
    origin.kind === 'kiosk' && origin.kioskId === kioskId && !handedOver && number !== null;

  /** Null: not decided yet. Otherwise whether there was something to void. */
  function voidOne(id: VisitId, kioskId: KioskId): boolean | null {
    // A claim taken back is made anew under another name (M3), and its ticket goes by that one.
    const commandId = currentName(id as string as CommandId, day.outcomeOf, platform.sha256);
    const visitId = commandId as string as VisitId;
    const visit = day.ledger().state().openVisits.get(visitId);
    if (visit === undefined) return day.outcomeOf(commandId)?.status === 'pending' ? null : false;
    if (!isOf(kioskId, visit)) return false;
    return execute({ name: 'voidTicket', commandId: platform.newCommandId(), input: { kioskId, visitId } }).ok;
  }

  function voidKnown(): number {
    let voided = 0;
    try {
      for (const [id, kioskId] of unhanded) {
        const wasVoided = voidOne(id, kioskId);
        if (wasVoided === true) voided += 1;
        if (wasVoided !== null) unhanded.delete(id);
      }
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      platform.log.error('tickets that nobody holds could not be voided yet', { error });
    }
    return voided;
  }

  return {
    voidAll(kioskId) {
      const { openVisits, commands } = day.ledger().state();
      for (const visit of openVisits.values()) if (isOf(kioskId, visit)) unhanded.set(visit.id, kioskId);
      for (const outcome of commands.values()) {
        if (outcome.status !== 'pending' || outcome.command.name !== 'issueTicket') continue;
        const { commandId, input } = outcome.command;
        // A visit's id is the id of the command that began it.
        if (input.kioskId === kioskId) unhanded.set(commandId as string as VisitId, kioskId);
      }
      return voidKnown();
    },
    retry() {
      if (unhanded.size > 0) voidKnown();
    },
  };
}
