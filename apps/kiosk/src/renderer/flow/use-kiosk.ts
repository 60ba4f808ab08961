import type { Language } from '@aufruf/shared/i18n/languages';
import type { CommandId, KioskId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { useBridge } from '@aufruf/ui/state/bridge-context';
import { useCallback, useEffect, useReducer } from 'react';
import { type Flow, kioskFlow, type Press, startFlow } from './kiosk-flow.ts';
import { useUnseenTickets } from './use-unseen-tickets.ts';

/** How often an unanswered request is repeated, each time with the same command id, before the citizen is sent on. */
const ATTEMPTS = 3;

export interface KioskControl {
  readonly flow: Flow;
  press(press: Press): void;
  touched(): void;
  newCommandId(): CommandId;
}

/** Runs the flow: carries its requests to the hub and lets its time pass. */
export function useKiosk(kioskId: KioskId, language: Language): KioskControl {
  const { bridge, platform } = useBridge();
  const [flow, dispatch] = useReducer(kioskFlow, platform.now(), startFlow);

  // ── the request under way ──
  const noteUnseen = useUnseenTickets(kioskId);
  const request = flow.step.name === 'issuing' ? flow.step.request : null;
  useEffect(() => {
    if (!request) return;
    const ask = (): ReturnType<typeof bridge.call<'issueTicket' | 'checkInAppointment'>> =>
      request.kind === 'ticket'
        ? bridge.call(
            'issueTicket',
            { kioskId, serviceIds: [request.serviceId], language, partySize: 1 },
            request.commandId,
          )
        : bridge.call('checkInAppointment', { kioskId, code: request.code }, request.commandId);
    void askUntilAnswered(ask).then((result) => {
      const at = platform.now();
      const { commandId } = request;
      if (result.ok && result.value.visitId !== null && result.value.number !== null) {
        dispatch({ type: 'issued', commandId, visitId: result.value.visitId, number: result.value.number, at });
        return;
      }
      const refusal = result.ok ? 'other' : result.refusal.type;
      if (refusal === 'unreachable' && request.kind === 'ticket') noteUnseen(commandId);
      dispatch({ type: 'refused', commandId, refusal, at });
    });
  }, [request, bridge, kioskId, language, platform, noteUnseen]);

  // ── the number is on the screen: it is the citizen's from now on ──
  const shownVisitId = flow.step.name === 'ticket' ? flow.step.visitId : null;
  useEffect(() => {
    if (!shownVisitId) return;
    const commandId = platform.newCommandId();
    void askUntilAnswered(() =>
      bridge.call('confirmHandOver', { kioskId, visitId: shownVisitId, means: 'screen' }, commandId),
    );
  }, [shownVisitId, bridge, kioskId, platform]);

  // ── time ──
  useEffect(() => {
    let cancel = () => {};
    const tick = () => {
      dispatch({ type: 'tick', at: platform.now() });
      cancel = platform.schedule(SECOND_MS / 2, tick);
    };
    tick();
    return () => cancel();
  }, [platform]);

  const press = useCallback((what: Press) => dispatch({ type: 'press', press: what, at: platform.now() }), [platform]);
  const touched = useCallback(() => dispatch({ type: 'touched', at: platform.now() }), [platform]);
  return { flow, press, touched, newCommandId: platform.newCommandId };
}

async function askUntilAnswered<R extends { readonly ok: boolean; readonly refusal?: { readonly type: string } }>(
  ask: () => Promise<R>,
): Promise<R> {
  let result = await ask();
  for (let attempt = 1; attempt < ATTEMPTS && result.refusal?.type === 'unreachable'; attempt += 1)
    result = await ask();
  return result;
}
