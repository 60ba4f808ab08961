import { commonTexts } from '@aufruf/shared/i18n/common/catalog';
import type { CommonTexts } from '@aufruf/shared/i18n/common/texts';
import { counterTexts } from '@aufruf/shared/i18n/counter/catalog';
import type { CounterTexts } from '@aufruf/shared/i18n/counter/texts';
import type { Language } from '@aufruf/shared/i18n/languages';
import { usePreferences } from '../preferences/preferences-context.tsx';

export interface Words {
  readonly language: Language;
  readonly t: CounterTexts;
  readonly common: CommonTexts;
}

export const wordsOf = (language: Language): Words => ({
  language,
  t: counterTexts[language],
  common: commonTexts[language],
});

/** All words of the screen in the clerk's language. */
export const useTexts = (): Words => wordsOf(usePreferences().preferences.language);
