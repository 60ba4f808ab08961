import type { CounterTexts } from '@aufruf/shared/i18n/counter/texts';
import { Button } from '@aufruf/ui/components/button';
import { Dialog } from '@aufruf/ui/components/dialog';
import { Fragment } from 'react';
import { keyCap, SHORTCUTS, type ShortcutAction } from '../shortcuts/shortcut-table.ts';
import { useSupervision } from '../supervision/supervision.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { DialogActions } from './dialog-actions.tsx';
import styles from './dialogs.module.css';

/** For everybody; the supervisor's are added where they are. */
const words = (t: CounterTexts): Readonly<Record<Exclude<ShortcutAction, 'location'>, string>> => ({
  callNext: t.actions.callNext,
  recall: t.actions.recall,
  arrived: t.actions.arrived,
  noShow: t.actions.noShow,
  requeue: t.actions.requeue,
  finish: t.actions.finish,
  park: t.actions.park,
  transfer: t.actions.transfer,
  undo: t.undo.lastStep,
  enterNumber: t.actions.enterNumber,
  help: t.settings.help,
});

/** All keys, from the same table the handler reads. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const supervision = useSupervision();
  const all = supervision === null ? words(t) : { ...words(t), location: t.location.title };
  return (
    <Dialog title={t.dialogs.helpTitle} onClose={onClose}>
      <p>{t.dialogs.helpKeys}</p>
      <dl className={styles.keys}>
        {Object.entries(all).map(([action, text]) => (
          <Fragment key={action}>
            <dt>{keyCap(SHORTCUTS[action as ShortcutAction], t.keys.ctrl)}</dt>
            <dd>{action === 'undo' ? t.undo.label(text) : text}</dd>
          </Fragment>
        ))}
      </dl>
      <p>
        {t.dialogs.helpList} {t.dialogs.helpArrows}
      </p>
      <DialogActions>
        <Button variant="primary" autoFocus onPress={onClose}>
          {t.actions.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
