import { Button } from '@aufruf/ui/components/button';
import { Dialog } from '@aufruf/ui/components/dialog';
import { useClerkState } from '../clerk/clerk-context.tsx';
import { DialogActions } from '../dialogs/dialog-actions.tsx';
import { useTexts } from '../texts/use-texts.ts';

interface TakeOverDialogProps {
  readonly name: string;
  readonly visitNumber: string | null;
  readonly onTakeOver: () => void;
  readonly onClose: () => void;
}

/** For a forgotten session. The safe answer has the focus. */
export function TakeOverDialog({ name, visitNumber, onTakeOver, onClose }: TakeOverDialogProps) {
  const { t } = useTexts();
  const { pending } = useClerkState();
  return (
    <Dialog title={t.signIn.takeOverTitle(name)} onClose={onClose}>
      <p>{t.signIn.takeOverBody}</p>
      {visitNumber ? <p>{t.signIn.takeOverVisit(visitNumber)}</p> : null}
      <DialogActions>
        <Button onPress={onClose} autoFocus>
          {t.actions.back}
        </Button>
        <Button variant="danger" pending={pending === 'openCounter'} onPress={onTakeOver}>
          {t.signIn.takeOver}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
