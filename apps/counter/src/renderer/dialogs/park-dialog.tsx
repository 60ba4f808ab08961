import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { PARK_REASONS, type ParkReason } from '@aufruf/shared/domain/visit/visit';
import { useState } from 'react';
import { ChoiceGroup } from '../form/choice-group.tsx';
import { useTexts } from '../texts/use-texts.ts';
import type { DeskActions } from '../work/use-desk-actions.ts';
import { QuestionDialog } from './question-dialog.tsx';

interface ParkDialogProps {
  readonly visit: QueueEntry;
  readonly actions: DeskActions;
  readonly onClose: () => void;
}

export function ParkDialog({ visit, actions, onClose }: ParkDialogProps) {
  const { t } = useTexts();
  const [reason, setReason] = useState<ParkReason>('fillsForm');
  return (
    <QuestionDialog
      title={t.dialogs.parkTitle(visit.number ?? '')}
      answer={t.actions.park}
      command="park"
      onAnswer={() => actions.park(reason)}
      onClose={onClose}
    >
      <ChoiceGroup
        legend={t.dialogs.parkLegend}
        options={PARK_REASONS.map((value) => ({ value, label: t.queue.parkReason[value] }))}
        value={reason}
        onChange={setReason}
        autoFocus
      />
    </QuestionDialog>
  );
}
