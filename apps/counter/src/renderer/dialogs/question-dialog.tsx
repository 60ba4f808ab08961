import type { ClerkCommand } from '@aufruf/shared/i18n/counter/texts';
import { Button } from '@aufruf/ui/components/button';
import { Dialog } from '@aufruf/ui/components/dialog';
import type { FormEvent, ReactNode } from 'react';
import { useClerk, useClerkState } from '../clerk/clerk-context.tsx';
import { RefusalNotice } from '../clerk/refusal-notice.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { DialogActions } from './dialog-actions.tsx';
import styles from './dialogs.module.css';

interface QuestionDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the main button says. */
  readonly answer: string;
  /** Any command of the question is on its way. */
  readonly command: ClerkCommand;
  readonly disabled?: boolean;
  readonly focusAnswer?: boolean;
  /** Further ways to answer, left of the main one. */
  readonly others?: ReactNode;
  /** Carries the answer out; the dialog closes if it was, and says why if not. */
  readonly onAnswer: () => Promise<boolean>;
  readonly onClose: () => void;
}

/** A question with one main answer: Enter in any field gives it, Escape takes nothing. */
export function QuestionDialog(props: QuestionDialogProps) {
  const { t } = useTexts();
  const clerk = useClerk();
  const { pending } = useClerkState();

  function leave(): void {
    clerk.dismiss();
    props.onClose();
  }
  async function answer(): Promise<void> {
    if (!props.disabled && (await props.onAnswer())) props.onClose();
  }
  return (
    <Dialog title={props.title} onClose={leave}>
      <form
        className={styles.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void answer();
        }}
      >
        {props.children}
        <RefusalNotice />
        <DialogActions>
          <Button variant="quiet" onPress={leave}>
            {t.actions.back}
          </Button>
          {props.others}
          <Button
            variant="primary"
            pending={pending === props.command}
            disabled={props.disabled ?? false}
            autoFocus={props.focusAnswer ?? false}
            onPress={() => void answer()}
          >
            {props.answer}
          </Button>
        </DialogActions>
        {/* Lets Enter in a field answer: a form without a submit button of its own would not. */}
        <button type="submit" hidden tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}
