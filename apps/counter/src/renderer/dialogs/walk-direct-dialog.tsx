import { LANGUAGES, type Language } from '@aufruf/shared/i18n/languages';
import type { ServiceId } from '@aufruf/shared/lib/ids';
import { useState } from 'react';
import { useClerk } from '../clerk/clerk-context.tsx';
import { ChoiceGroup } from '../form/choice-group.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import styles from './dialogs.module.css';
import { PartyStepper } from './party-stepper.tsx';
import { QuestionDialog } from './question-dialog.tsx';
import { ServiceChecklist } from './service-checklist.tsx';

/** Somebody without a ticket stands at the counter already. */
export function WalkDirectDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const { counterId } = useDesk();
  const clerk = useClerk();
  const [serviceIds, setServiceIds] = useState<ServiceId[]>([]);
  const [language, setLanguage] = useState<Language>('de');
  const [partySize, setPartySize] = useState(1);
  return (
    <QuestionDialog
      title={t.dialogs.walkDirectTitle}
      answer={t.dialogs.walkDirectStart}
      command="walkDirect"
      disabled={serviceIds.length === 0}
      onAnswer={() => clerk.send('walkDirect', { counterId, serviceIds, language, partySize })}
      onClose={onClose}
    >
      <p className={styles.hint}>{t.dialogs.walkDirectHint}</p>
      <ServiceChecklist values={serviceIds} onChange={setServiceIds} />
      <ChoiceGroup
        legend={t.dialogs.language}
        options={LANGUAGES.map((value) => ({ value, label: t.visit.languageName(value) }))}
        value={language}
        onChange={setLanguage}
      />
      <PartyStepper size={partySize} onChange={setPartySize} />
    </QuestionDialog>
  );
}
