import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import type { ServiceId } from '@aufruf/shared/lib/ids';
import { useState } from 'react';
import { useClerk } from '../clerk/clerk-context.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import styles from './dialogs.module.css';
import { QuestionDialog } from './question-dialog.tsx';
import { ServiceChecklist } from './service-checklist.tsx';

export function ServicesDialog({ entry, onClose }: { readonly entry: QueueEntry; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { counterId } = useDesk();
  const clerk = useClerk();
  const [serviceIds, setServiceIds] = useState<ServiceId[]>(entry.serviceIds);
  const none = serviceIds.length === 0;
  return (
    <QuestionDialog
      title={t.dialogs.servicesTitle(entry.number ?? '')}
      answer={t.actions.save}
      command="editServices"
      disabled={none}
      onAnswer={() => clerk.send('editServices', { counterId, visitId: entry.visitId, serviceIds })}
      onClose={onClose}
    >
      <ServiceChecklist values={serviceIds} onChange={setServiceIds} />
      <p className={styles.hint} role="status">
        {none ? t.dialogs.servicesNone : null}
      </p>
    </QuestionDialog>
  );
}
