import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { CANCEL_REASONS, type CancelReason } from '@aufruf/shared/domain/visit/visit';
import { useState } from 'react';
import { ChoiceGroup } from '../form/choice-group.tsx';
import { useTexts } from '../texts/use-texts.ts';
import type { DeskActions } from '../work/use-desk-actions.ts';
import { QuestionDialog } from './question-dialog.tsx';

interface CancelDialogProps {
  readonly entry: QueueEntry;
  readonly actions: DeskActions;
  readonly onClose: () => void;
}

/** Takes a visit out of the day, with the reason. */
export function CancelDialog({ entry, actions, onClose }: CancelDialogProps) {
  const { t } = useTexts();
  const [reason, setReason] = useState<CancelReason>('left');
  const isBooked = entry.state === 'booked';
  return (
    <QuestionDialog
      title={isBooked ? t.actions.cancelBooking : t.dialogs.rowTitle(entry.number ?? '')}
      answer={isBooked ? t.actions.cancelBooking : t.actions.left}
      command="cancelVisit"
      onAnswer={() => actions.cancel(entry, reason)}
      onClose={onClose}
    >
      <ChoiceGroup
        legend={t.dialogs.cancelReasonLegend}
        options={CANCEL_REASONS.map((value) => ({ value, label: t.dialogs.cancelReason[value] }))}
        value={reason}
        onChange={setReason}
        autoFocus
      />
    </QuestionDialog>
  );
}
