import { Button } from '@aufruf/ui/components/button';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { useEffect, useRef } from 'react';
import { ConnectionStatus, useConnection } from '../connection/connection-status.tsx';
import { SettingsMenu } from '../preferences/settings-menu.tsx';
import frame from '../sign-in/sign-in.module.css';
import { useTexts } from '../texts/use-texts.ts';
import { Facts } from './facts.tsx';
import styles from './location-page.module.css';
import type { OverviewProps } from './overview-props.ts';
import { RelayList } from './relay-list.tsx';
import { TakeoverPanel } from './takeover-panel.tsx';
import { useDeviceName } from './use-device-name.ts';

interface LocationPageProps extends OverviewProps {
  readonly onClose: () => void;
}

/** For supervisors: what this device knows of who orders and who stands in, and how it becomes the hub itself (M5). */
export function LocationPage({ onClose, ...props }: LocationPageProps) {
  const { overview, timeZone } = props;
  const { t, language } = useTexts();
  const { value: location } = useTopic('location', {});
  const { value: status } = useTopic('syncStatus', {});
  const connection = useConnection(timeZone);
  const nameOf = useDeviceName();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${t.location.title} – ${t.appName}`;
  }, [t]);
  useEffect(() => heading.current?.focus(), []);
  useEscape(onClose);

  return (
    <div className={frame.page}>
      <header className={frame.header}>
        <Button variant="quiet" icon="back" shortcut="Escape" keyCap="Esc" onPress={onClose}>
          {t.actions.back}
        </Button>
        <h1 ref={heading} className={styles.title} tabIndex={-1}>
          {t.location.title} <span className={styles.name}>{location?.name[language]}</span>
        </h1>
        <ConnectionStatus timeZone={timeZone} />
        <SettingsMenu />
      </header>
      <main className={styles.main}>
        <Facts
          title={t.location.connection}
          facts={[
            [t.location.state, connection.text],
            [
              t.location.notSent,
              status?.eventsWaiting ? t.connection.waiting(status.eventsWaiting) : t.location.allSent,
            ],
            ...(overview.self === null ? [] : ([[t.location.thisDevice, nameOf(overview.self)]] as const)),
          ]}
        />
        <Facts
          title={t.location.hub}
          facts={[
            [t.location.runsOn, nameOf(overview.hub)],
            [
              t.location.address,
              overview.hubAddress === null ? t.location.addressHere : leftToRight(overview.hubAddress),
            ],
          ]}
        />
        <RelayList overview={overview} />
        <TakeoverPanel {...props} />
      </main>
    </div>
  );
}

/** An address reads so in every script. */
const leftToRight = (address: string) => <bdi dir="ltr">{address}</bdi>;

/** Escape leads back, unless a question is open, which it answers first. */
function useEscape(onClose: () => void): void {
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
