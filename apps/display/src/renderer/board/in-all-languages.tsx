import { displayTexts } from '@aufruf/shared/i18n/display/catalog';
import type { DisplayTexts } from '@aufruf/shared/i18n/display/texts';
import { LANGUAGE_FACTS, type Language, type LocalizedText } from '@aufruf/shared/i18n/languages';
import styles from './in-all-languages.module.css';

/** The plain texts of the catalog: those without parameters. */
type PlainText = { [K in keyof DisplayTexts]: DisplayTexts[K] extends string ? K : never }[keyof DisplayTexts];

interface Props {
  readonly languages: readonly Language[];
  readonly text: PlainText | LocalizedText;
}

/**
 * One text in all of the location's languages: the first large, the others beneath it. Each reads in its own direction; all
 * begin where the page begins.
 */
export function InAllLanguages({ languages, text }: Props) {
  const [first = 'de', ...others] = languages;
  const inLanguage = (language: Language) => (typeof text === 'string' ? displayTexts[language][text] : text[language]);
  const further = others.filter((language) => inLanguage(language) !== inLanguage(first));
  return (
    <span className={styles.stack}>
      <span>
        <span {...languageAttributes(first)}>{inLanguage(first)}</span>
      </span>
      {further.map((language) => (
        <span key={language} className={styles.further}>
          <span {...languageAttributes(language)}>{inLanguage(language)}</span>
        </span>
      ))}
    </span>
  );
}

const languageAttributes = (language: Language) => ({ lang: language, dir: LANGUAGE_FACTS[language].direction });
