/** How the kiosk presents itself to the citizen in front of it; forgotten when the next one comes. */
import type { Language } from '@aufruf/shared/i18n/languages';
import { LANGUAGE_FACTS } from '@aufruf/shared/i18n/languages';
import { useEffect } from 'react';

export interface Presentation {
  readonly language: Language;
  readonly largeText: boolean;
  readonly highContrast: boolean;
  /** Everything to touch within reach of a wheelchair: in the lower half of an upright screen. */
  readonly lowReach: boolean;
}

export const initialPresentation = (language: Language): Presentation => ({
  language,
  largeText: false,
  highContrast: false,
  lowReach: false,
});

/** Puts the presentation on the page's root element, where tokens and base styles look for it. */
export function usePresentation({ language, largeText, highContrast, lowReach }: Presentation): void {
  useEffect(() => {
    const { documentElement } = document;
    documentElement.lang = language;
    documentElement.dir = LANGUAGE_FACTS[language].direction;
    documentElement.dataset.text = largeText ? 'large' : 'normal';
    documentElement.dataset.contrast = highContrast ? 'high' : 'normal';
    documentElement.dataset.reach = lowReach ? 'low' : 'normal';
  }, [language, largeText, highContrast, lowReach]);
}
