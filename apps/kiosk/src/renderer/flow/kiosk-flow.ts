/**
 * What a citizen does at the kiosk, as a pure state machine: `press` and `tick` in, the next state out.
 *
 * - Two touches to a ticket: group, service. The language can be changed at any step.
 * - One press, one ticket (PRODUCT, "Kiosk"): a press within SETTLE_MS of a new screen is the tail of the press before
 *   and does nothing; while a ticket is being issued no press does anything. The command id is made once, with the press.
 * - Nobody is hurried: before the kiosk goes back to the start it asks, and any touch keeps the place.
 */
import type { CommandId, GroupId, ServiceId, VisitId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';

/** A new screen takes no press for so long: nobody reads faster, double touches are. */
export const SETTLE_MS = 450;
/** Without a touch for so long the kiosk asks whether somebody is still there. */
export const ASK_AFTER_MS = 60 * SECOND_MS;
/** And then waits so long for an answer (WCAG 2.2.1 asks for at least 20 s). */
export const ANSWER_MS = 25 * SECOND_MS;
/** How long a ticket stands on the screen; each "show longer" grants it again. */
export const TICKET_MS = 40 * SECOND_MS;
/** How long a message about trouble stands. */
export const TROUBLE_MS = 25 * SECOND_MS;
/** Longest appointment code, in digits. */
export const MAX_CODE_LENGTH = 8;
/** Shortest appointment code, in digits. */
export const MIN_CODE_LENGTH = 4;

/** What is being asked of the hub while the step is `issuing`. */
export type Request =
  | { readonly kind: 'ticket'; readonly serviceId: ServiceId; readonly commandId: CommandId }
  | { readonly kind: 'checkIn'; readonly code: string; readonly commandId: CommandId };

export type Step =
  | { readonly name: 'groups'; readonly page: number }
  | { readonly name: 'services'; readonly groupId: GroupId; readonly page: number }
  | { readonly name: 'appointment'; readonly code: string }
  | { readonly name: 'issuing'; readonly request: Request }
  | { readonly name: 'ticket'; readonly visitId: VisitId; readonly number: string }
  | { readonly name: 'trouble'; readonly refusal: string };

export interface Flow {
  /** Rises when the kiosk goes back to its beginning for the next citizen; not with "back". */
  readonly citizen: number;
  readonly step: Step;
  /** When the step began, ms on the screen's clock. */
  readonly enteredAt: number;
  readonly touchedAt: number;
  /** The kiosk asks "are you still there?". */
  readonly asking: boolean;
}

export type Press =
  | { readonly type: 'openGroup'; readonly groupId: GroupId }
  | { readonly type: 'chooseService'; readonly serviceId: ServiceId; readonly commandId: CommandId }
  | { readonly type: 'openAppointment' }
  | { readonly type: 'digit'; readonly digit: string }
  | { readonly type: 'deleteDigit' }
  | { readonly type: 'checkIn'; readonly commandId: CommandId }
  | { readonly type: 'turnPage'; readonly by: 1 | -1 }
  | { readonly type: 'back' }
  | { readonly type: 'startOver' }
  | { readonly type: 'moreTime' };

export type FlowInput =
  | { readonly type: 'press'; readonly press: Press; readonly at: number }
  | {
      readonly type: 'issued';
      readonly commandId: CommandId;
      readonly visitId: VisitId;
      readonly number: string;
      readonly at: number;
    }
  | { readonly type: 'refused'; readonly commandId: CommandId; readonly refusal: string; readonly at: number }
  /** Somebody touched the screen anywhere. */
  | { readonly type: 'touched'; readonly at: number }
  | { readonly type: 'tick'; readonly at: number };

export const startFlow = (at: number): Flow => ({
  citizen: 1,
  step: { name: 'groups', page: 0 },
  enteredAt: at,
  touchedAt: at,
  asking: false,
});

export function kioskFlow(flow: Flow, input: FlowInput): Flow {
  switch (input.type) {
    case 'press':
      return pressed(flow, input.press, input.at);
    case 'issued':
      return isAwaited(flow, input.commandId)
        ? enter(flow, { name: 'ticket', visitId: input.visitId, number: input.number }, input.at)
        : flow;
    case 'refused':
      return isAwaited(flow, input.commandId)
        ? enter(flow, { name: 'trouble', refusal: input.refusal }, input.at)
        : flow;
    case 'touched':
      return { ...flow, touchedAt: input.at, asking: false };
    case 'tick':
      return ticked(flow, input.at);
  }
}

/** When the present screen closes by itself, for a countdown; null while it does not. */
export function closesAt(flow: Flow): number | null {
  if (flow.step.name === 'ticket') return flow.touchedAt + TICKET_MS;
  if (flow.step.name === 'trouble') return flow.touchedAt + TROUBLE_MS;
  return flow.asking ? flow.touchedAt + ASK_AFTER_MS + ANSWER_MS : null;
}

const isAwaited = (flow: Flow, commandId: CommandId): boolean =>
  flow.step.name === 'issuing' && flow.step.request.commandId === commandId;

const enter = (flow: Flow, step: Step, at: number): Flow => ({
  ...flow,
  step,
  enteredAt: at,
  touchedAt: at,
  asking: false,
});

const nextCitizen = (flow: Flow, at: number): Flow => ({ ...startFlow(at), citizen: flow.citizen + 1 });

function pressed(flow: Flow, press: Press, at: number): Flow {
  const { step } = flow;
  if (step.name === 'issuing') return flow;
  if (press.type === 'moreTime') return { ...flow, touchedAt: at, asking: false };
  // Digits come fast and stay on the same screen; everything that changes the screen waits until it has settled.
  if (press.type === 'digit' || press.type === 'deleteDigit') return typed(flow, press, at);
  if (at - flow.enteredAt < SETTLE_MS) return flow;

  switch (press.type) {
    case 'openGroup':
      return step.name === 'groups' ? enter(flow, { name: 'services', groupId: press.groupId, page: 0 }, at) : flow;
    case 'chooseService':
      return step.name === 'services'
        ? enter(
            flow,
            { name: 'issuing', request: { kind: 'ticket', serviceId: press.serviceId, commandId: press.commandId } },
            at,
          )
        : flow;
    case 'openAppointment':
      return step.name === 'groups' ? enter(flow, { name: 'appointment', code: '' }, at) : flow;
    case 'checkIn':
      return step.name === 'appointment' && step.code.length >= MIN_CODE_LENGTH
        ? enter(
            flow,
            { name: 'issuing', request: { kind: 'checkIn', code: step.code, commandId: press.commandId } },
            at,
          )
        : flow;
    case 'turnPage':
      return step.name === 'groups' || step.name === 'services'
        ? enter(flow, { ...step, page: Math.max(0, step.page + press.by) }, at)
        : flow;
    case 'back':
      return enter(flow, { name: 'groups', page: 0 }, at);
    case 'startOver':
      return nextCitizen(flow, at);
  }
}

function typed(flow: Flow, press: Extract<Press, { type: 'digit' | 'deleteDigit' }>, at: number): Flow {
  if (flow.step.name !== 'appointment') return flow;
  const code =
    press.type === 'digit' ? `${flow.step.code}${press.digit}`.slice(0, MAX_CODE_LENGTH) : flow.step.code.slice(0, -1);
  return { ...flow, step: { name: 'appointment', code }, touchedAt: at, asking: false };
}

function ticked(flow: Flow, at: number): Flow {
  const closing = closesAt(flow);
  if (closing !== null) return at >= closing ? nextCitizen(flow, at) : flow;
  if (flow.step.name === 'issuing' || at - flow.touchedAt < ASK_AFTER_MS) return flow;
  const atStart = flow.step.name === 'groups' && flow.step.page === 0;
  if (!atStart) return { ...flow, asking: true };
  // Nothing to lose at the start: whoever chose a language and left needs no question.
  return flow.touchedAt > flow.enteredAt ? nextCitizen(flow, at) : flow;
}
