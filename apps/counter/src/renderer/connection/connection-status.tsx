import { Icon } from '@aufruf/ui/components/icon';
import { useLink } from '@aufruf/ui/state/use-link';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { useTexts } from '../texts/use-texts.ts';
import { useTime } from '../texts/use-time.ts';
import styles from './connection-status.module.css';
import { type ConnectionWords, connectionWords } from './connection-words.ts';

/** Without a location, times are the machine's. */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useConnection(timeZone: string = HERE): ConnectionWords {
  const { t } = useTexts();
  const { value: status } = useTopic('syncStatus', {});
  const time = useTime(timeZone);
  return connectionWords(t.connection, useLink(), status, { here: time, host: time });
}

/**
 * Always on screen: connected or not, since when, what waits to be transmitted, and whether the disk behind it all is
 * nearly full. Said aloud when it changes.
 */
export function ConnectionStatus({ timeZone }: { readonly timeZone?: string }) {
  const { tone, text, waiting } = useConnection(timeZone);
  const { t } = useTexts();
  const { value: status } = useTopic('syncStatus', {});
  return (
    <div className={styles.all} role="status">
      <p className={`${styles.status} ${styles[tone]}`}>
        {tone === 'good' ? (
          <span className={styles.dot} aria-hidden="true" />
        ) : (
          <Icon name={tone === 'bad' ? 'offline' : 'clock'} />
        )}
        <span>{waiting === null ? text : `${text} – ${waiting}`}</span>
      </p>
      {status?.diskLow === true && <p className={`${styles.status} ${styles.warn}`}>{t.connection.diskLow}</p>}
    </div>
  );
}
