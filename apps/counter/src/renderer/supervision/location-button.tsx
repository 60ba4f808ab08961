import { Button } from '@aufruf/ui/components/button';
import { ariaKey, keyCap, SHORTCUTS } from '../shortcuts/shortcut-table.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useSupervision } from './supervision.tsx';

/** The way to the supervisor's page; nothing where there is none. `hasKey`: its key works on this screen. */
export function LocationButton({ hasKey = false }: { readonly hasKey?: boolean }) {
  const { t } = useTexts();
  const supervision = useSupervision();
  if (supervision === null) return null;
  const shortcut = hasKey
    ? { shortcut: ariaKey(SHORTCUTS.location), keyCap: keyCap(SHORTCUTS.location, t.keys.ctrl) }
    : {};
  return <Button variant="quiet" icon="home" label={t.location.title} onPress={supervision.openPage} {...shortcut} />;
}
