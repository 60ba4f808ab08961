import { MAX_PARTY_SIZE } from '@aufruf/shared/domain/facts';
import { Button } from '@aufruf/ui/components/button';
import { useTexts } from '../texts/use-texts.ts';
import styles from './dialogs.module.css';

/** 1 to MAX_PARTY_SIZE people. */
export function PartyStepper({ size, onChange }: { readonly size: number; readonly onChange: (size: number) => void }) {
  const { t } = useTexts();
  return (
    <div className={styles.stepper}>
      <Button icon="minus" label={t.dialogs.partyLess} disabled={size <= 1} onPress={() => onChange(size - 1)} />
      <output className={styles.size} aria-label={t.visit.party(size)}>
        {size}
      </output>
      <Button
        icon="plus"
        label={t.dialogs.partyMore}
        disabled={size >= MAX_PARTY_SIZE}
        onPress={() => onChange(size + 1)}
      />
      <span aria-hidden="true">{t.dialogs.partyLabel}</span>
    </div>
  );
}
