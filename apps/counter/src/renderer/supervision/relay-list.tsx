import type { HubOverview } from '@aufruf/shared/domain/views/hub-overview';
import { Icon } from '@aufruf/ui/components/icon';
import { useId } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import styles from './location-page.module.css';
import { useDeviceName } from './use-device-name.ts';

/** The relays in the order in which they are tried, and which of them serves. */
export function RelayList({ overview: { relays, self } }: { readonly overview: HubOverview }) {
  const { t } = useTexts();
  const nameOf = useDeviceName();
  const id = useId();
  return (
    <section className={`${styles.part} ${styles.wide}`} aria-labelledby={id}>
      <h2 id={id} className={styles.partTitle}>
        {t.location.relays}
      </h2>
      <p className={styles.hint}>{relays.length === 0 ? t.location.noRelays : t.location.relaysHint}</p>
      {relays.length === 0 ? null : (
        <ol className={styles.relays}>
          {relays.map(({ device, address, isServing }) => (
            <li key={device.id} className={styles.relay}>
              <span className={styles.relayName}>{nameOf(device)}</span>
              {device.id === self?.id ? <span className={styles.own}>{t.location.thisDevice}</span> : null}
              <bdi dir="ltr" className={styles.hint}>
                {address}
              </bdi>
              <span className={isServing ? styles.serving : styles.idle}>
                {isServing ? <Icon name="check" /> : null}
                {isServing ? t.location.serving : t.location.idle}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
