/**
 * What people saw, in true time: the judge's only witness. A ticket somebody holds, an answer a clerk read, a number on a
 * display, a voice in the hall. The databases are judged by it, never believed.
 */
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { Command } from '@aufruf/shared/domain/commands';
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import type { CommandId, VisitId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';

export type Answer = Awaited<ReturnType<CommandHost['execute']>>;
export type Mode = SyncStatus['mode'];

/** A command and what its sender was told. */
export interface Answered {
  /** The kiosk or counter at which it was wished. */
  readonly station: string;
  /** The device that answered: the station itself, or `hub` for a browser. */
  readonly device: string;
  readonly command: Command;
  readonly answer: Answer;
  readonly mode: Mode;
  /** True times, ms since the simulation began. */
  readonly askedMs: number;
  readonly answeredMs: number;
  /** The day by the hub's clock; null while it changes. */
  readonly officialDay: LocalDate | null;
}

/** A number in somebody's hand, on paper or seen on the kiosk's screen. */
export interface HandedTicket {
  readonly visitId: VisitId;
  readonly number: string;
  readonly kiosk: string;
  readonly mode: Mode;
  /** The business day it was given on, as its device knew it; null when a day began between the wish and the answer. */
  readonly day: LocalDate | null;
  readonly officialDay: LocalDate | null;
  readonly serviceId: string;
  /** The device was alone with a clock that goes wrong: it may be mistaken in the day (D1). */
  readonly isClockOff: boolean;
  readonly askedMs: number;
  readonly atMs: number;
}

export interface Announced {
  readonly display: string;
  readonly visitId: VisitId;
  readonly callId: CommandId;
  readonly announcement: number;
  readonly number: string;
  readonly atMs: number;
}

export interface Board {
  readonly display: string;
  readonly calls: readonly { readonly callId: CommandId; readonly visitId: VisitId; readonly number: string }[];
  readonly atMs: number;
}

/** Who wants to know; each is told at once. */
export interface Witness {
  /** Somebody presses, for the first time or again. */
  asked?(commandId: CommandId): void;
  answered?(answered: Answered): void;
  handed?(ticket: HandedTicket): void;
  /** The kiosk has it on record that the citizen has the number. */
  confirmed?(visitId: VisitId, by: CommandId): void;
  announced?(announced: Announced): void;
  board?(board: Board): void;
  /** The hub's order has grown. */
  ordered?(): void;
  /** A second has passed. */
  second?(): void;
  /** Faults are over and everything has come to rest. */
  ended?(): void;
}

export interface History extends Required<Omit<Witness, 'ended'>> {
  readonly answers: readonly Answered[];
  readonly tickets: readonly HandedTicket[];
  /** By the command that put it on record. */
  readonly confirmedVisits: ReadonlyMap<VisitId, CommandId>;
  /** Known to be lost by no fault of the software: acknowledged by a disk that was lost before anybody else had it. */
  excuse(commandIds: Iterable<CommandId>): void;
  isExcused(commandId: CommandId): boolean;
  /** Claims whose device stopped before they were written, sent, or heard of: by device. Nobody waits for them any more. */
  readonly abandoned: Map<string, Set<CommandId>>;
  end(): void;
}

export function createHistory(witnesses: readonly Witness[]): History {
  const answers: Answered[] = [];
  const tickets: HandedTicket[] = [];
  const confirmedVisits = new Map<VisitId, CommandId>();
  const excused = new Set<CommandId>();
  return {
    answers,
    tickets,
    confirmedVisits,
    excuse: (ids) => {
      for (const id of ids) excused.add(id);
    },
    isExcused: (id) => excused.has(id),
    abandoned: new Map(),
    asked: (commandId) => {
      for (const witness of witnesses) witness.asked?.(commandId);
    },
    answered(answered) {
      answers.push(answered);
      for (const witness of witnesses) witness.answered?.(answered);
    },
    handed(ticket) {
      tickets.push(ticket);
      for (const witness of witnesses) witness.handed?.(ticket);
    },
    confirmed(visitId, by) {
      confirmedVisits.set(visitId, by);
      for (const witness of witnesses) witness.confirmed?.(visitId, by);
    },
    announced: (announced) => {
      for (const witness of witnesses) witness.announced?.(announced);
    },
    board: (board) => {
      for (const witness of witnesses) witness.board?.(board);
    },
    ordered: () => {
      for (const witness of witnesses) witness.ordered?.();
    },
    second: () => {
      for (const witness of witnesses) witness.second?.();
    },
    end: () => {
      for (const witness of witnesses) witness.ended?.();
    },
  };
}
