import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { Button } from '@aufruf/ui/components/button';
import { Dialog } from '@aufruf/ui/components/dialog';
import type { IconName } from '@aufruf/ui/components/icon';
import { useClerk, useClerkState } from '../clerk/clerk-context.tsx';
import { RefusalNotice } from '../clerk/refusal-notice.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import type { DeskActions } from '../work/use-desk-actions.ts';
import { VisitFacts } from '../work/visit-facts.tsx';
import { DialogActions } from './dialog-actions.tsx';
import type { DialogRequest } from './dialog-request.ts';
import styles from './dialogs.module.css';

interface RowDialogProps {
  readonly entry: QueueEntry;
  readonly actions: DeskActions;
  readonly onOpen: (request: DialogRequest) => void;
  readonly onClose: () => void;
}

/** Everything that can be done with a visit in the list. */
export function RowDialog({ entry, actions, onOpen, onClose }: RowDialogProps) {
  const { t } = useTexts();
  const { serviceName, mode } = useDesk();
  const clerk = useClerk();
  const { pending } = useClerkState();
  const isBooked = entry.state === 'booked';
  const isAside = entry.state === 'parked' || entry.state === 'missed';

  const close = () => {
    clerk.dismiss();
    onClose();
  };
  const thenClose = async (done: Promise<boolean>) => {
    if (await done) onClose();
  };
  const step = (text: string, icon: IconName, onPress: () => unknown, more: { disabled?: boolean } = {}) => (
    <Button wide icon={icon} pending={pending !== null} onPress={() => void onPress()} {...more}>
      {text}
    </Button>
  );

  return (
    <Dialog title={entry.number ? t.dialogs.rowTitle(entry.number) : t.visit.noNumber} onClose={close}>
      <p>{entry.serviceIds.map(serviceName).join(', ')}</p>
      <VisitFacts visit={entry} />
      <div className={styles.list}>
        {isBooked
          ? null
          : step(
              entry.state === 'parked' ? t.actions.resume : t.actions.call,
              entry.state === 'parked' ? 'play' : 'bell',
              () => thenClose(actions.call(entry)),
              { disabled: mode !== 'idle' },
            )}
        {isAside ? step(t.actions.requeueSame, 'queue', () => thenClose(actions.requeue(entry, 'same'))) : null}
        {isAside ? step(t.actions.requeueEnd, 'queue', () => thenClose(actions.requeue(entry, 'end'))) : null}
        {step(t.actions.editServices, 'certificate', () => onOpen({ kind: 'services', entry }))}
        {step(t.actions.editPartySize, 'people', () => onOpen({ kind: 'party', entry }))}
        {step(t.actions.editPriority, 'priority', () => onOpen({ kind: 'priority', entry }))}
        {step(isBooked ? t.actions.cancelBooking : t.actions.left, 'close', () => onOpen({ kind: 'cancel', entry }))}
      </div>
      <RefusalNotice />
      <DialogActions>
        <Button variant="quiet" onPress={close}>
          {t.actions.back}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
