import type { Language } from '@aufruf/shared/i18n/languages';
import { setupTexts } from '@aufruf/shared/i18n/setup/catalog';
import { desktopShell } from '../bridge/shell.ts';
import { Button } from './button.tsx';

/** Opens the device's set-up; only in a desktop window, since a browser is no device of the location. */
export function SetupButton({ language }: { readonly language: Language }) {
  const shell = desktopShell();
  if (shell === null) return null;
  return (
    <Button icon="settings" onPress={() => void shell.call({ name: 'openSetup' })}>
      {setupTexts[language].menu.setup}
    </Button>
  );
}
