import type { CounterList, LocationView } from '@aufruf/shared/domain/views/view-schemas';
import type { SessionId } from '@aufruf/shared/lib/ids';
import { Clock } from '@aufruf/ui/components/clock';
import { Notice } from '@aufruf/ui/components/notice';
import { useHostNow } from '@aufruf/ui/state/use-host-now';
import { useEffect, useState } from 'react';
import { useClerk } from '../clerk/clerk-context.tsx';
import { RefusalNotice } from '../clerk/refusal-notice.tsx';
import { ConnectionStatus } from '../connection/connection-status.tsx';
import { SettingsMenu } from '../preferences/settings-menu.tsx';
import { LocationButton } from '../supervision/location-button.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { CounterTile } from './counter-tile.tsx';
import styles from './sign-in.module.css';
import { TakeOverDialog } from './take-over-dialog.tsx';

type CounterRow = CounterList['counters'][number];

interface SignInScreenProps {
  readonly location: LocationView;
  readonly counters: readonly CounterRow[];
  readonly sessionId: SessionId;
  /** The counter somebody else took over from this window a moment ago. */
  readonly takenFromUs: CounterRow | null;
  readonly onForget: () => void;
}

/** Where do you work today? One press on a free counter signs in; an occupied one asks first. */
export function SignInScreen({ location, counters, sessionId, takenFromUs, onForget }: SignInScreenProps) {
  const { t, common, language } = useTexts();
  const clerk = useClerk();
  const now = useHostNow(1_000);
  const [asked, setAsked] = useState<CounterRow | null>(null);
  const name = (counter: CounterRow) => common.counterName(location.counterWord, counter.label);

  useEffect(() => {
    document.title = t.appName;
  }, [t]);

  async function signIn(counter: CounterRow, takeOver: boolean): Promise<void> {
    const signedIn = await clerk.send('openCounter', { counterId: counter.id, sessionId, takeOver });
    if (signedIn) onForget();
    setAsked(null);
  }

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <p className={styles.app}>
          {t.appName} <span className={styles.location}>{location.name[language]}</span>
        </p>
        <ConnectionStatus timeZone={location.timeZone} />
        <p className={styles.clock}>
          <Clock now={now} timeZone={location.timeZone} language={language} />
        </p>
        <LocationButton />
        <SettingsMenu />
      </header>
      <main className={styles.main}>
        <div className={styles.heading}>
          <h1 className={styles.title}>{t.signIn.title}</h1>
          <p className={styles.hint}>{t.signIn.hint(location.counterWord)}</p>
        </div>
        {takenFromUs ? (
          <Notice tone="warn" icon="info" title={t.signIn.takenFromYou(name(takenFromUs))} urgency="alert">
            <p>{t.signIn.takenFromYouHow}</p>
          </Notice>
        ) : null}
        {asked === null ? <RefusalNotice /> : null}
        {counters.length === 0 ? <Notice icon="info" title={t.signIn.noCounters} /> : null}
        {byArea(counters).map(({ area, rows }) => (
          <section key={area.de} className={styles.area} aria-label={area[language]}>
            <h2 className={styles.areaName}>{area[language]}</h2>
            <ul className={styles.grid}>
              {rows.map((counter) => (
                <li key={counter.id}>
                  <CounterTile
                    counter={counter}
                    name={name(counter)}
                    onChoose={() => (counter.presence === 'closed' ? void signIn(counter, false) : setAsked(counter))}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </main>
      {asked ? (
        <TakeOverDialog
          name={name(asked)}
          visitNumber={asked.visitNumber}
          onTakeOver={() => void signIn(asked, true)}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </div>
  );
}

/** Counters by waiting area, both in the configuration's order. */
function byArea(counters: readonly CounterRow[]) {
  const areas: { area: CounterRow['areaName']; rows: CounterRow[] }[] = [];
  for (const counter of counters) {
    const found = areas.find(({ area }) => area.de === counter.areaName.de);
    if (found) found.rows.push(counter);
    else areas.push({ area: counter.areaName, rows: [counter] });
  }
  return areas;
}
