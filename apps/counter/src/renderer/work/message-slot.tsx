import { Notice } from '@aufruf/ui/components/notice';
import { useClerkState } from '../clerk/clerk-context.tsx';
import { RefusalNotice } from '../clerk/refusal-notice.tsx';
import { keyCap, SHORTCUTS } from '../shortcuts/shortcut-table.ts';
import { useTexts } from '../texts/use-texts.ts';
import styles from './message-slot.module.css';

/** Beside the buttons: what was turned down, else who came into the empty queue, else nothing. */
export function MessageSlot({ arrival }: { readonly arrival: string | null }) {
  const { t } = useTexts();
  const { refusal } = useClerkState();
  if (refusal !== null) return <RefusalNotice />;
  if (arrival === null) return null;
  return (
    <div className={styles.slot}>
      <Notice icon="bell" tone="info" title={t.arrival.title(arrival)}>
        <p>{t.arrival.how(keyCap(SHORTCUTS.callNext, t.keys.ctrl))}</p>
      </Notice>
    </div>
  );
}
