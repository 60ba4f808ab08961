/** The start of a desktop app's set-up page. A hub serves it to browsers, too, where there is nothing to set up. */

import '@aufruf/shared/lib/no-generated-code';
import { LANGUAGE_FACTS, LANGUAGES, type Language } from '@aufruf/shared/i18n/languages';
import { setupTexts } from '@aufruf/shared/i18n/setup/catalog';
import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { desktopShell } from '../bridge/shell.ts';
import { SetupScreen } from './setup-screen.tsx';

export function startSetup(): void {
  const container = document.getElementById('root');
  if (!container) throw new Error('The page has no element with the id "root".');
  const language = systemLanguage(navigator.languages);
  const { documentElement: page } = document;
  page.lang = language;
  page.dir = LANGUAGE_FACTS[language].direction;
  const shell = desktopShell();
  const screen =
    shell === null
      ? createElement('p', null, setupTexts[language].onlyDesktop)
      : createElement(SetupScreen, { shell, language });
  createRoot(container).render(createElement(StrictMode, null, screen));
}

/** The first of the system's languages that Aufruf speaks. */
function systemLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag === language || tag.startsWith(`${language}-`));
    if (found !== undefined) return found;
  }
  return 'de';
}
