import type { CounterDesk } from '@aufruf/shared/domain/views/view-schemas';
import { Button } from '@aufruf/ui/components/button';
import { Notice } from '@aufruf/ui/components/notice';
import { useEffect, useState } from 'react';
import { useClerkState } from '../clerk/clerk-context.tsx';
import { RefusalNotice } from '../clerk/refusal-notice.tsx';
import { keyCap, SHORTCUTS } from '../shortcuts/shortcut-table.ts';
import { useTexts } from '../texts/use-texts.ts';
import styles from './message-slot.module.css';

interface MessageSlotProps {
  readonly arrival: string | null;
  readonly superseded: CounterDesk['superseded'];
}

/** Beside the buttons: what was turned down, else a call that was lost, else who came into the empty queue. */
export function MessageSlot({ arrival, superseded }: MessageSlotProps) {
  const { t } = useTexts();
  const { refusal } = useClerkState();
  const lost = useUnread(superseded);
  if (refusal !== null) return <RefusalNotice />;
  if (lost.notice !== null) {
    return (
      <div className={styles.slot}>
        <Notice icon="warning" tone="warn" title={t.superseded.title(lost.notice.number ?? '')} urgency="alert">
          <p>{t.superseded.how}</p>
          <Button size="s" onPress={lost.dismiss}>
            {t.actions.dismiss}
          </Button>
        </Notice>
      </div>
    );
  }
  if (arrival === null) return null;
  return (
    <div className={styles.slot}>
      <Notice icon="bell" tone="info" title={t.arrival.title(arrival)}>
        <p>{t.arrival.how(keyCap(SHORTCUTS.callNext, t.keys.ctrl))}</p>
      </Notice>
    </div>
  );
}

/** O8: told until the clerk's next step, whatever it is. The log keeps what was lost; who has read it is the screen's. */
function useUnread(superseded: CounterDesk['superseded']) {
  const { pending } = useClerkState();
  const [readCallId, setReadCallId] = useState<string | null>(null);
  const callId = superseded?.callId ?? null;
  useEffect(() => {
    if (pending !== null) setReadCallId(callId);
  }, [pending, callId]);
  return { notice: callId === readCallId ? null : superseded, dismiss: () => setReadCallId(callId) };
}
