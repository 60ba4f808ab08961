import type { CounterDesk } from '@aufruf/shared/domain/views/view-schemas';
import type { CounterTexts } from '@aufruf/shared/i18n/counter/texts';
import { formatClock } from '@aufruf/shared/i18n/format';
import type { EpochMs } from '@aufruf/shared/lib/time';
import { Button } from '@aufruf/ui/components/button';
import { VisuallyHidden } from '@aufruf/ui/components/visually-hidden';
import { useHostNow } from '@aufruf/ui/state/use-host-now';
import { useClerkState } from '../clerk/clerk-context.tsx';
import { ariaKey, keyCap, SHORTCUTS } from '../shortcuts/shortcut-table.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from './desk-context.tsx';
import styles from './undo-bar.module.css';
import type { DeskActions } from './use-desk-actions.ts';

/** Always there: what the last step was, and how long it can still be taken back. */
export function UndoBar({ actions, compact = false }: { readonly actions: DeskActions; readonly compact?: boolean }) {
  const { t } = useTexts();
  const { desk } = useDesk();
  const { pending } = useClerkState();
  const now = useHostNow(1_000);
  const offer = undoOffer(t.undo, desk.undo, now);
  return (
    <div className={styles.undo}>
      <Button
        variant="quiet"
        size={compact ? 's' : 'm'}
        icon="undo"
        disabled={offer === null}
        pending={pending === 'undo'}
        onPress={() => void actions.undo()}
        shortcut={ariaKey(SHORTCUTS.undo)}
        keyCap={keyCap(SHORTCUTS.undo, t.keys.ctrl)}
      >
        {compact ? (
          <>
            {t.undo.short} <VisuallyHidden>{offer?.what}</VisuallyHidden>
          </>
        ) : (
          (offer?.text ?? t.undo.nothing)
        )}
      </Button>
      {offer && !compact ? <p className={styles.until}>{offer.until}</p> : null}
    </div>
  );
}

/** Null if nothing can be taken back (any more). A kind of step this page does not know is called the last step. */
function undoOffer(t: CounterTexts['undo'], undo: CounterDesk['undo'], now: EpochMs) {
  if (undo === null || undo.until <= now) return null;
  const what = undo.type in t.what ? t.what[undo.type as keyof typeof t.what] : t.lastStep;
  const whatAndWhom = undo.number ? `${what} ${undo.number}` : what;
  return {
    what: whatAndWhom,
    text: t.label(whatAndWhom),
    until: t.until(formatClock(undo.until - now)),
  };
}
