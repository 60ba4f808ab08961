import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { PRIORITY_REASONS, type Priority, type PriorityReason } from '@aufruf/shared/domain/visit/visit';
import { useState } from 'react';
import { useClerk } from '../clerk/clerk-context.tsx';
import { ChoiceGroup } from '../form/choice-group.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import { QuestionDialog } from './question-dialog.tsx';

const LEVELS: readonly Priority[] = [0, 1, 2];

/** Priority always has a reason; without priority there is none. */
export function PriorityDialog({ entry, onClose }: { readonly entry: QueueEntry; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { counterId } = useDesk();
  const clerk = useClerk();
  const [priority, setPriority] = useState<Priority>(entry.priority);
  const [reason, setReason] = useState<PriorityReason | null>(entry.priorityReason);
  const missing = priority > 0 && reason === null;
  return (
    <QuestionDialog
      title={t.dialogs.priorityTitle(entry.number ?? '')}
      answer={t.actions.save}
      command="changePriority"
      disabled={missing}
      onAnswer={() =>
        clerk.send('changePriority', {
          counterId,
          visitId: entry.visitId,
          priority,
          reason: priority > 0 ? reason : null,
        })
      }
      onClose={onClose}
    >
      <ChoiceGroup
        legend={t.dialogs.priorityLegend}
        options={LEVELS.map((level) => ({ value: String(level), label: t.visit.priority[level] }))}
        value={String(priority)}
        onChange={(value) => setPriority(LEVELS.find((level) => String(level) === value) ?? 0)}
        autoFocus
      />
      {priority > 0 ? (
        <ChoiceGroup
          legend={t.dialogs.priorityReasonLegend}
          options={PRIORITY_REASONS.map((value) => ({ value, label: t.visit.priorityReason[value] }))}
          value={reason}
          onChange={setReason}
        />
      ) : null}
    </QuestionDialog>
  );
}
