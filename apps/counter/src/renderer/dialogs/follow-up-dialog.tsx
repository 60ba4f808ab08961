import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { useState } from 'react';
import { useClerk } from '../clerk/clerk-context.tsx';
import { SelectField } from '../form/select-field.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import { QuestionDialog } from './question-dialog.tsx';
import { ServiceOptions } from './service-options.tsx';

/** Another service for the person at the counter, in the same visit. */
export function FollowUpDialog({ visit, onClose }: { readonly visit: QueueEntry; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { counterId, location } = useDesk();
  const clerk = useClerk();
  const choices = location.services.filter(({ id }) => !visit.serviceIds.includes(id));
  const [serviceId, setServiceId] = useState(choices[0]?.id);
  return (
    <QuestionDialog
      title={t.dialogs.followUpTitle(visit.number ?? '')}
      answer={t.dialogs.followUpAdd}
      command="addFollowUp"
      disabled={serviceId === undefined}
      onAnswer={async () => serviceId !== undefined && clerk.send('addFollowUp', { counterId, serviceId })}
      onClose={onClose}
    >
      <SelectField
        label={t.dialogs.transferService}
        value={serviceId ?? ''}
        onChange={(value) => setServiceId(choices.find(({ id }) => id === value)?.id)}
        autoFocus
      >
        <ServiceOptions services={choices} />
      </SelectField>
    </QuestionDialog>
  );
}
