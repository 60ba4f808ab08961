import { BarButton } from '@aufruf/ui/components/bar-button';
import { Button } from '@aufruf/ui/components/button';
import { TicketNumber } from '@aufruf/ui/components/ticket-number';
import { useClerkState } from '../clerk/clerk-context.tsx';
import { ConnectionStatus } from '../connection/connection-status.tsx';
import { ariaKey, SHORTCUTS } from '../shortcuts/shortcut-table.ts';
import { useTexts } from '../texts/use-texts.ts';
import styles from './bar.module.css';
import { VisitState } from './current-visit.tsx';
import type { DeskButtonsProps } from './desk-buttons.tsx';
import { useDesk } from './desk-context.tsx';
import { PrimaryButton } from './primary-button.tsx';
import { UndoBar } from './undo-bar.tsx';

/** The window as a bar on top of other programs: number, main steps, connection. What needs a question needs the window. */
export function Bar(props: DeskButtonsProps) {
  const { t, language } = useTexts();
  const { desk, mode, queue, counterName, location } = useDesk();
  const { refusal, pending } = useClerkState();
  const { actions } = props;
  return (
    <main className={styles.bar}>
      <h1 className={styles.counter}>{counterName}</h1>
      <div className={styles.state}>
        {refusal !== null ? (
          <p className={styles.refusal} role="alert">
            {t.refusals[refusal].what}
          </p>
        ) : desk.visit ? (
          <p>
            <VisitState />
          </p>
        ) : (
          <p>{mode === 'break' ? t.visit.onBreak : t.visit.nobodyHint(queue.waiting.length)}</p>
        )}
      </div>
      <div className={styles.end}>
        <ConnectionStatus timeZone={location.timeZone} />
        <BarButton to="window" language={language} />
      </div>
      <p className={styles.number}>{desk.visit?.number ? <TicketNumber text={desk.visit.number} /> : '–'}</p>
      <div className={styles.buttons}>
        <PrimaryButton {...props} size="l" finishAtOnce />
        {mode === 'called' ? (
          <>
            <Button
              icon="bell"
              pending={pending === 'recall'}
              shortcut={ariaKey(SHORTCUTS.recall)}
              onPress={() => void actions.recall()}
            >
              {t.actions.recall}
            </Button>
            <Button
              icon="absent"
              pending={pending === 'markNoShow'}
              shortcut={ariaKey(SHORTCUTS.noShow)}
              onPress={() => void actions.noShow()}
            >
              {t.actions.noShow}
            </Button>
          </>
        ) : (
          <UndoBar actions={actions} compact />
        )}
      </div>
    </main>
  );
}
