import { BarButton } from '@aufruf/ui/components/bar-button';
import { Button } from '@aufruf/ui/components/button';
import { Clock } from '@aufruf/ui/components/clock';
import { useHostNow } from '@aufruf/ui/state/use-host-now';
import { useClerkState } from '../clerk/clerk-context.tsx';
import { ConnectionStatus } from '../connection/connection-status.tsx';
import type { DialogRequest } from '../dialogs/dialog-request.ts';
import { SettingsMenu } from '../preferences/settings-menu.tsx';
import { ariaKey, SHORTCUTS } from '../shortcuts/shortcut-table.ts';
import { LocationButton } from '../supervision/location-button.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useDesk } from './desk-context.tsx';
import styles from './desk-header.module.css';
import type { DeskActions } from './use-desk-actions.ts';

interface DeskHeaderProps {
  readonly actions: DeskActions;
  readonly onOpen: (request: DialogRequest) => void;
}

/** Where I am, whether I am connected, what time it is, and how to pause or leave. */
export function DeskHeader({ actions, onOpen }: DeskHeaderProps) {
  const { t, language } = useTexts();
  const { counter, counterName, location, mode } = useDesk();
  const { pending } = useClerkState();
  const now = useHostNow(1_000);
  return (
    <header className={styles.header}>
      <div className={styles.place}>
        <h1 className={styles.name}>{counterName}</h1>
        <p className={styles.area}>{counter.areaName[language]}</p>
      </div>
      <ConnectionStatus timeZone={location.timeZone} />
      <div className={styles.tools}>
        {mode === 'break' ? null : (
          <Button variant="quiet" icon="pause" onPress={() => onOpen({ kind: 'break' })}>
            {t.actions.beginBreak}
          </Button>
        )}
        <Button variant="quiet" icon="door" pending={pending === 'closeCounter'} onPress={() => void actions.signOut()}>
          {t.actions.signOut}
        </Button>
        <Button
          variant="quiet"
          icon="help"
          label={t.settings.help}
          shortcut={ariaKey(SHORTCUTS.help)}
          onPress={() => onOpen({ kind: 'help' })}
        />
        <LocationButton hasKey />
        <BarButton to="bar" language={language} />
        <SettingsMenu />
        <p className={styles.clock}>
          <Clock now={now} timeZone={location.timeZone} language={language} />
        </p>
      </div>
    </header>
  );
}
