import type { Language } from '@aufruf/shared/i18n/languages';
import { setupTexts } from '@aufruf/shared/i18n/setup/catalog';
import { desktopShell } from '../bridge/shell.ts';
import { Button } from './button.tsx';

interface BarButtonProps {
  readonly language: Language;
  /** What it makes of the window: the small bar on top of other programs, or the window again. */
  readonly to: 'bar' | 'window';
}

/** Only in a desktop window: a browser decides itself how large it is. */
export function BarButton({ language, to }: BarButtonProps) {
  const shell = desktopShell();
  if (shell === null) return null;
  const label = setupTexts[language].menu[to === 'bar' ? 'toBar' : 'toWindow'];
  return <Button variant="quiet" icon={to} label={label} onPress={() => void shell.call({ name: 'toggleBar' })} />;
}
