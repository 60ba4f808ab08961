import { BREAK_REASONS, type BreakReason } from '@aufruf/shared/domain/counter/counter';
import { useState } from 'react';
import { useClerk } from '../clerk/clerk-context.tsx';
import { ChoiceGroup } from '../form/choice-group.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import { QuestionDialog } from './question-dialog.tsx';

export function BreakDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const { counterId } = useDesk();
  const clerk = useClerk();
  const [reason, setReason] = useState<BreakReason>('pause');
  return (
    <QuestionDialog
      title={t.dialogs.breakTitle}
      answer={t.dialogs.breakStart}
      command="beginBreak"
      onAnswer={() => clerk.send('beginBreak', { counterId, reason })}
      onClose={onClose}
    >
      <ChoiceGroup
        legend={t.dialogs.breakLegend}
        options={BREAK_REASONS.map((value) => ({ value, label: t.dialogs.breakReason[value] }))}
        value={reason}
        onChange={setReason}
        autoFocus
      />
    </QuestionDialog>
  );
}
