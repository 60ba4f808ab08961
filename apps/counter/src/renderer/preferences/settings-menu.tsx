import { LANGUAGE_FACTS, LANGUAGES } from '@aufruf/shared/i18n/languages';
import { Button } from '@aufruf/ui/components/button';
import { Dialog } from '@aufruf/ui/components/dialog';
import { SetupButton } from '@aufruf/ui/components/setup-button';
import { useState } from 'react';
import { DialogActions } from '../dialogs/dialog-actions.tsx';
import { ChoiceGroup } from '../form/choice-group.tsx';
import { Switch } from '../form/switch.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { usePreferences } from './preferences-context.tsx';
import styles from './settings-menu.module.css';

/** Language, text size, contrast and keys: for the clerk's eyes and hands, on this device. */
export function SettingsMenu() {
  const { t } = useTexts();
  const { preferences, change } = usePreferences();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" icon="settings" label={t.settings.title} onPress={() => setOpen(true)} />
      {open ? (
        <Dialog title={t.settings.title} onClose={() => setOpen(false)}>
          <ChoiceGroup
            legend={t.settings.language}
            options={LANGUAGES.map((language) => ({
              value: language,
              label: LANGUAGE_FACTS[language].nativeName,
              lang: language,
            }))}
            value={preferences.language}
            onChange={(language) => change({ language })}
          />
          <div className={styles.switches}>
            <Switch
              label={t.settings.largeText}
              icon="text-size"
              on={preferences.largeText}
              onChange={(largeText) => change({ largeText })}
            />
            <Switch
              label={t.settings.highContrast}
              icon="contrast"
              on={preferences.highContrast}
              onChange={(highContrast) => change({ highContrast })}
            />
            <Switch
              label={`${t.settings.signKeys}: / ?`}
              hint={t.settings.signKeysHint}
              icon="help"
              on={preferences.signKeys}
              onChange={(signKeys) => change({ signKeys })}
            />
          </div>
          <DialogActions>
            <SetupButton language={preferences.language} />
            <Button variant="primary" onPress={() => setOpen(false)}>
              {t.actions.close}
            </Button>
          </DialogActions>
        </Dialog>
      ) : null}
    </>
  );
}
