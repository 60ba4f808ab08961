import { LANGUAGE_FACTS } from '@aufruf/shared/i18n/languages';
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react';
import { kept, preferredLanguages } from '../platform/browser.ts';
import { type Preferences, readPreferences } from './preferences.ts';

const KEY = 'aufruf.counter.preferences';

interface PreferencesValue {
  readonly preferences: Preferences;
  change(part: Partial<Preferences>): void;
}

const PreferencesContext = createContext<PreferencesValue | null>(null);

/** Holds the preferences and puts them on the page: language, direction, text size, contrast. */
export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [preferences, setPreferences] = useState(() => readPreferences(kept.read('local', KEY), preferredLanguages()));
  const { language, largeText, highContrast } = preferences;

  useLayoutEffect(() => {
    const { documentElement: page } = document;
    page.lang = language;
    page.dir = LANGUAGE_FACTS[language].direction;
    page.dataset.text = largeText ? 'large' : 'normal';
    page.dataset.contrast = highContrast ? 'high' : 'normal';
  }, [language, largeText, highContrast]);

  const value = useMemo(
    () => ({
      preferences,
      change: (part: Partial<Preferences>) => {
        const changed = { ...preferences, ...part };
        kept.write('local', KEY, JSON.stringify(changed));
        setPreferences(changed);
      },
    }),
    [preferences],
  );
  return <PreferencesContext.Provider value={value}>{children}</PreferencesContext.Provider>;
}

export function usePreferences(): PreferencesValue {
  const value = useContext(PreferencesContext);
  if (value === null) throw new Error('usePreferences was called outside PreferencesProvider.');
  return value;
}
