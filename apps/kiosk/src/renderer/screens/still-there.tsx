import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';
import { Dialog } from '@aufruf/ui/components/dialog';
import { Pressable } from '@aufruf/ui/components/pressable';
import styles from './screen.module.css';

interface Props {
  readonly texts: KioskTexts;
  readonly secondsLeft: number | null;
  readonly onStay: () => void;
}

/** Asks before the kiosk goes back to its start. Any touch answers. */
export function StillThere({ texts, secondsLeft, onStay }: Props) {
  return (
    <Dialog title={texts.stillThere} onClose={onStay}>
      <Pressable className={styles.primary} onPress={onStay}>
        {texts.yesMoreTime}
      </Pressable>
      <p className={styles.countdown}>{secondsLeft === null ? '' : texts.closesIn(secondsLeft)}</p>
    </Dialog>
  );
}
