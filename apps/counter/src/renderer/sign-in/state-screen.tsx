import type { IconName } from '@aufruf/ui/components/icon';
import { Notice } from '@aufruf/ui/components/notice';
import { ConnectionStatus, useConnection } from '../connection/connection-status.tsx';
import { SettingsMenu } from '../preferences/settings-menu.tsx';
import { LocationButton } from '../supervision/location-button.tsx';
import { useTexts } from '../texts/use-texts.ts';
import styles from './sign-in.module.css';

/** The whole screen is one state: loading, not set up, day closed. Cut off outweighs it. */
export function StateScreen(props: { readonly icon: IconName; readonly title: string; readonly body?: string }) {
  const { t } = useTexts();
  const connection = useConnection();
  const lost = connection.tone === 'bad';
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <p className={styles.app}>{t.appName}</p>
        <ConnectionStatus />
        <LocationButton />
        <SettingsMenu />
      </header>
      <main className={styles.middle}>
        <Notice
          size="page"
          tone={lost ? 'bad' : 'info'}
          icon={lost ? 'offline' : props.icon}
          title={lost ? connection.text : props.title}
        >
          {lost ? <p>{t.connection.lostHow}</p> : props.body ? <p>{props.body}</p> : null}
        </Notice>
      </main>
    </div>
  );
}
