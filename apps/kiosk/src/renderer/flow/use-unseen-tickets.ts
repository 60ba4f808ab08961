/**
 * Rule N3 for a kiosk whose host voids nothing by itself (a page of the hub): a number that was drawn perhaps, and that
 * nobody saw, is made void as soon as the hub answers again. The hub knows a ticket by the command that drew it.
 */
import { isPassing } from '@aufruf/shared/bridge/bridge';
import type { CommandId, KioskId, VisitId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { useBridge } from '@aufruf/ui/state/bridge-context';
import { useLink } from '@aufruf/ui/state/use-link';
import { useCallback, useEffect, useState } from 'react';

/** What could not be carried out just now is asked for again so much later. */
export const VOID_AGAIN_MS = SECOND_MS;

interface Unseen {
  readonly visitId: VisitId;
  /** Of its voiding, however often that is asked for. */
  readonly commandId: CommandId;
}

/** Returns what to do with the command of a draw that was given up unanswered. */
export function useUnseenTickets(kioskId: KioskId): (draw: CommandId) => void {
  const { bridge, platform } = useBridge();
  const isUp = useLink().state === 'up';
  const [unseen, setUnseen] = useState<readonly Unseen[]>([]);

  useEffect(() => {
    const [first] = unseen;
    if (!isUp || first === undefined) return;
    const { visitId, commandId } = first;
    let isOver = false;
    let cancel = (): void => {};
    void bridge.call('voidTicket', { kioskId, visitId }, commandId).then((result) => {
      if (isOver) return;
      if (!result.ok && isPassing(result.refusal.type))
        cancel = platform.schedule(VOID_AGAIN_MS, () => setUnseen(([, ...others]) => [...others, first]));
      else setUnseen((known) => known.slice(1));
    });
    return () => {
      isOver = true;
      cancel();
    };
  }, [unseen, isUp, bridge, kioskId, platform]);

  return useCallback(
    (draw) =>
      setUnseen((known) => [...known, { visitId: draw as string as VisitId, commandId: platform.newCommandId() }]),
    [platform],
  );
}
