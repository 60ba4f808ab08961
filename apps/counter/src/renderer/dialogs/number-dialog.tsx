import { useId, useState } from 'react';
import { findByNumber } from '../queue/find-by-number.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from '../work/desk-context.tsx';
import type { DeskActions } from '../work/use-desk-actions.ts';
import styles from './dialogs.module.css';
import { QuestionDialog } from './question-dialog.tsx';

interface NumberDialogProps {
  readonly actions: DeskActions;
  readonly onClose: () => void;
}

/** Calls the number somebody holds up. Shows whom it would call before it does. */
export function NumberDialog({ actions, onClose }: NumberDialogProps) {
  const { t } = useTexts();
  const { queue, serviceName } = useDesk();
  const [typed, setTyped] = useState('');
  const id = useId();
  const found = findByNumber(queue, typed);
  const words =
    found.kind === 'one'
      ? `${found.entry.number}: ${found.entry.serviceIds.map(serviceName).join(', ')}`
      : found.kind === 'many'
        ? t.dialogs.numberAmbiguous(found.numbers.join(', '))
        : /\d/.test(typed)
          ? t.dialogs.numberUnknown(typed.trim().toUpperCase())
          : t.dialogs.numberHint;
  return (
    <QuestionDialog
      title={t.dialogs.numberTitle}
      answer={found.kind === 'one' && found.entry.state === 'parked' ? t.actions.resume : t.dialogs.numberCall}
      command={found.kind === 'one' && found.entry.state === 'parked' ? 'resume' : 'callSpecific'}
      disabled={found.kind !== 'one'}
      onAnswer={async () => found.kind === 'one' && actions.call(found.entry)}
      onClose={onClose}
    >
      <div className={styles.list}>
        <label htmlFor={id}>{t.dialogs.numberLabel}</label>
        <input
          id={id}
          type="text"
          className={styles.typed}
          value={typed}
          data-autofocus
          maxLength={8}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-describedby={`${id}-found`}
          onChange={(event) => setTyped(event.target.value)}
        />
        <p id={`${id}-found`} className={`${styles.found} ${styles.hint}`} role="status">
          {words}
        </p>
      </div>
    </QuestionDialog>
  );
}
