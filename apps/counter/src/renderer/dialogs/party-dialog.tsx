import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { useState } from 'react';
import { useClerk } from '../clerk/clerk-context.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import { PartyStepper } from './party-stepper.tsx';
import { QuestionDialog } from './question-dialog.tsx';

export function PartyDialog({ entry, onClose }: { readonly entry: QueueEntry; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { counterId } = useDesk();
  const clerk = useClerk();
  const [partySize, setPartySize] = useState(entry.partySize);
  return (
    <QuestionDialog
      title={t.dialogs.partyTitle(entry.number ?? '')}
      answer={t.actions.save}
      command="changePartySize"
      onAnswer={() => clerk.send('changePartySize', { counterId, visitId: entry.visitId, partySize })}
      onClose={onClose}
    >
      <PartyStepper size={partySize} onChange={setPartySize} />
    </QuestionDialog>
  );
}
