import { commonTexts } from '@aufruf/shared/i18n/common/catalog';
import type { CommonTexts } from '@aufruf/shared/i18n/common/texts';
import { counterTexts } from '@aufruf/shared/i18n/counter/catalog';
import type { CounterTexts } from '@aufruf/shared/i18n/counter/texts';
import type { Language } from '@aufruf/shared/i18n/languages';
import { usePreferences } from '../preferences/preferences-context.tsx';

interface Words {
  readonly language: Language;
  readonly t: CounterTexts;
  readonly common: CommonTexts;
}

/** All words of the screen in the clerk's language. */
export function useTexts(): Words {
  const { language } = usePreferences().preferences;
  return { language, t: counterTexts[language], common: commonTexts[language] };
}
