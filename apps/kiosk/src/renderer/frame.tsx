import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';
import { LANGUAGE_FACTS, type Language } from '@aufruf/shared/i18n/languages';
import { Icon, type IconName } from '@aufruf/ui/components/icon';
import { Pressable } from '@aufruf/ui/components/pressable';
import type { ReactNode } from 'react';
import styles from './frame.module.css';
import type { Presentation } from './presentation.ts';

interface FrameProps {
  readonly locationName: string;
  readonly languages: readonly Language[];
  readonly presentation: Presentation;
  readonly texts: KioskTexts;
  readonly onChange: (change: Partial<Presentation>) => void;
  /** The way back, below the content, always at the same place; absent on the first screen. */
  readonly back?: { readonly label: string; readonly onPress: () => void } | undefined;
  /** The screen's own buttons, below the content, never scrolled away. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

const OPTIONS = [
  ['largeText', 'text-size'],
  ['highContrast', 'contrast'],
  ['lowReach', 'wheelchair'],
] as const satisfies readonly (readonly [keyof KioskTexts & keyof Presentation, IconName])[];

/** What stands around every screen of the kiosk: where one is, the languages, and how things look. */
export function Frame(props: FrameProps) {
  const { locationName, languages, presentation, texts, onChange, back, actions, children } = props;
  return (
    <div className={styles.frame} data-whole-height={actions ? '' : undefined}>
      <header className={styles.header}>
        <p className={styles.location}>{locationName}</p>
        <fieldset className={styles.languages}>
          <legend className={styles.legend}>{texts.language}</legend>
          {languages.map((language) => (
            <Pressable
              key={language}
              className={styles.option}
              pressed={language === presentation.language}
              onPress={() => onChange({ language })}
            >
              <span lang={language}>{LANGUAGE_FACTS[language].nativeName}</span>
            </Pressable>
          ))}
        </fieldset>
      </header>
      <main className={styles.main}>
        <div className={styles.content}>{children}</div>
        {actions}
      </main>
      <footer className={styles.footer}>
        {back ? (
          <Pressable className={styles.back} onPress={back.onPress}>
            <Icon name="back" />
            {back.label}
          </Pressable>
        ) : null}
        <fieldset className={styles.options}>
          <legend className={styles.legend}>{texts.options}</legend>
          {OPTIONS.map(([option, icon]) => (
            <Pressable
              key={option}
              className={option === 'lowReach' ? `${styles.option} ${styles.uprightOnly}` : styles.option}
              pressed={presentation[option]}
              onPress={() => onChange({ [option]: !presentation[option] })}
            >
              <Icon name={icon} />
              {texts[option]}
            </Pressable>
          ))}
        </fieldset>
      </footer>
    </div>
  );
}
