import { Button } from '@aufruf/ui/components/button';
import { Notice } from '@aufruf/ui/components/notice';
import { useTexts } from '../texts/use-texts.ts';
import { useClerk, useClerkState } from './clerk-context.tsx';
import styles from './refusal-notice.module.css';

/** What was turned down and what to do, said at once; gone with the next step. */
export function RefusalNotice() {
  const { t } = useTexts();
  const clerk = useClerk();
  const { refusal, refusals } = useClerkState();
  if (refusal === null) return null;
  const { what, how } = t.refusals[refusal];
  const isNews = refusal === 'nobodyWaiting';
  return (
    <div className={styles.slot}>
      <Notice
        key={refusals}
        tone={isNews ? 'info' : 'warn'}
        icon={isNews ? 'info' : 'warning'}
        title={what}
        urgency="alert"
      >
        <p>{how}</p>
        {refusal === 'unreachable' ? (
          <Button size="s" onPress={() => void clerk.retry()}>
            {t.actions.retry}
          </Button>
        ) : null}
      </Notice>
      <div className={styles.dismiss}>
        <Button size="s" variant="quiet" icon="close" label={t.actions.dismiss} onPress={clerk.dismiss} />
      </div>
    </div>
  );
}
