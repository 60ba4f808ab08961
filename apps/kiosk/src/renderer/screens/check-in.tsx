import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';
import type { CommandId } from '@aufruf/shared/lib/ids';
import { Icon } from '@aufruf/ui/components/icon';
import { Pressable } from '@aufruf/ui/components/pressable';
import { useEffect } from 'react';
import { MIN_CODE_LENGTH, type Press } from '../flow/kiosk-flow.ts';
import keypad from './check-in.module.css';
import styles from './screen.module.css';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface Props {
  readonly code: string;
  readonly texts: KioskTexts;
  readonly press: (press: Press) => void;
  readonly newCommandId: () => CommandId;
}

/** Check-in for an appointment: its number on a keypad, by touch or by the keys of a keyboard. */
export function CheckIn({ code, texts, press, newCommandId }: Props) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (/^\d$/.test(event.key)) press({ type: 'digit', digit: event.key });
      else if (event.key === 'Backspace') press({ type: 'deleteDigit' });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [press]);

  return (
    <>
      <h1 className={styles.title}>{texts.enterCode}</h1>
      <p>{texts.enterCodeHint}</p>
      <div className={keypad.pad}>
        <output className={keypad.code} aria-live="polite" dir="ltr">
          {code || ' '}
        </output>
        {DIGITS.map((digit) => (
          <Pressable key={digit} className={keypad.key} onPress={() => press({ type: 'digit', digit })}>
            {digit}
          </Pressable>
        ))}
        <Pressable className={keypad.key} label={texts.deleteDigit} onPress={() => press({ type: 'deleteDigit' })}>
          <Icon name="back" />
        </Pressable>
        <Pressable className={keypad.key} onPress={() => press({ type: 'digit', digit: '0' })}>
          0
        </Pressable>
        <Pressable
          className={`${keypad.key} ${keypad.go}`}
          disabled={code.length < MIN_CODE_LENGTH}
          onPress={() => press({ type: 'checkIn', commandId: newCommandId() })}
        >
          {texts.checkIn}
        </Pressable>
      </div>
    </>
  );
}
