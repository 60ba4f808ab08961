import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { OUTCOMES, type Outcome } from '@aufruf/shared/domain/visit/visit';
import { Button } from '@aufruf/ui/components/button';
import { useState } from 'react';
import { useClerk } from '../clerk/clerk-context.tsx';
import { CheckGroup } from '../form/check-group.tsx';
import { ChoiceGroup } from '../form/choice-group.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import type { DeskActions } from '../work/use-desk-actions.ts';
import { QuestionDialog } from './question-dialog.tsx';

interface FinishDialogProps {
  readonly visit: QueueEntry;
  readonly actions: DeskActions;
  readonly onClose: () => void;
}

/** How it ended. The usual answer, everything done, is one more press away. */
export function FinishDialog({ visit, actions, onClose }: FinishDialogProps) {
  const { t } = useTexts();
  const { counterId, serviceName } = useDesk();
  const clerk = useClerk();
  const [outcome, setOutcome] = useState<Outcome>('done');
  const [delivered, setDelivered] = useState<QueueEntry['serviceIds']>(visit.serviceIds);

  /** Only what was done counts as delivered; the other outcomes deliver what is still ticked. */
  function chooseOutcome(next: Outcome): void {
    setOutcome(next);
    if (next !== 'done' && outcome === 'done') setDelivered([]);
    if (next === 'done' && delivered.length === 0) setDelivered(visit.serviceIds);
  }
  const finish = () => clerk.send('finish', { counterId, outcome, deliveredServiceIds: delivered });

  async function finishAndCallNext(): Promise<void> {
    if (!(await finish())) return;
    onClose();
    await actions.callNext();
  }

  return (
    <QuestionDialog
      title={t.dialogs.finishTitle(visit.number ?? '')}
      answer={t.actions.finish}
      command="finish"
      focusAnswer
      others={<Button onPress={() => void finishAndCallNext()}>{t.dialogs.finishAndNext}</Button>}
      onAnswer={finish}
      onClose={onClose}
    >
      <ChoiceGroup
        legend={t.dialogs.outcomeLegend}
        options={OUTCOMES.map((value) => ({ value, label: t.dialogs.outcome[value] }))}
        value={outcome}
        onChange={chooseOutcome}
      />
      <CheckGroup
        legend={t.dialogs.deliveredLegend}
        options={visit.serviceIds.map((value) => ({ value, label: serviceName(value) }))}
        values={delivered}
        onChange={setDelivered}
      />
    </QuestionDialog>
  );
}
