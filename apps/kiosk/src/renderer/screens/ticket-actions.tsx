import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';
import { Pressable } from '@aufruf/ui/components/pressable';
import type { Press } from '../flow/kiosk-flow.ts';
import styles from './screen.module.css';

interface Props {
  readonly texts: KioskTexts;
  readonly secondsLeft: number | null;
  readonly press: (press: Press) => void;
}

/** What can be done with a ticket on the screen: keep it there longer, or make room for the next citizen. */
export function TicketActions({ texts, secondsLeft, press }: Props) {
  return (
    <div>
      <div className={styles.actions}>
        <Pressable className={styles.secondary} onPress={() => press({ type: 'moreTime' })}>
          {texts.moreTime}
        </Pressable>
        <Pressable className={styles.primary} onPress={() => press({ type: 'startOver' })}>
          {texts.done}
        </Pressable>
      </div>
      <p className={styles.countdown}>{secondsLeft === null ? ' ' : texts.closesIn(secondsLeft)}</p>
    </div>
  );
}
