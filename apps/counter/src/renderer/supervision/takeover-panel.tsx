import type { RefusalText } from '@aufruf/shared/i18n/counter/refusal-text';
import { Button } from '@aufruf/ui/components/button';
import type { IconName } from '@aufruf/ui/components/icon';
import { Notice } from '@aufruf/ui/components/notice';
import { useId, useState } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { useTime } from '../texts/use-time.ts';
import styles from './location-page.module.css';
import type { OverviewProps } from './overview-props.ts';
import { TakeoverDialog } from './takeover-dialog.tsx';
import { takeoverState } from './takeover-state.ts';

interface Said {
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly icon: IconName;
  readonly words: RefusalText;
}

/** Makes this device the hub, or says why that is not offered, or how far it is. */
export function TakeoverPanel({ counterId, overview, timeZone }: OverviewProps) {
  const { t } = useTexts();
  const time = useTime(timeZone);
  const [isAsking, setAsking] = useState(false);
  const id = useId();
  const state = takeoverState(overview);
  const place = 'place' in state ? state.place : null;

  function said(): Said {
    switch (state.kind) {
      case 'starting':
      case 'refilling':
        return { tone: 'info', icon: 'clock', words: t.location[state.kind] };
      case 'hub':
        return { tone: 'good', icon: 'check', words: t.location.done(time(state.since)) };
      case 'offered':
        return { tone: 'warn', icon: 'warning', words: t.location.offered };
      case 'notOffered':
        return { tone: 'info', icon: 'info', words: t.location.refusals[state.why] };
    }
  }

  const { tone, icon, words } = said();
  return (
    <section className={`${styles.part} ${styles.wide}`} aria-labelledby={id}>
      <h2 id={id} className={styles.partTitle}>
        {t.location.takeover}
      </h2>
      {overview.ownHub.state === 'failed' ? (
        <Notice tone="bad" icon="warning" title={t.location.failedTitle} urgency="alert">
          <p>{t.location.failed[overview.ownHub.failure].what}</p>
          <p>{t.location.failed[overview.ownHub.failure].how}</p>
        </Notice>
      ) : null}
      <Notice tone={tone} icon={icon} title={words.what}>
        <p>{words.how}</p>
      </Notice>
      {place === null ? null : (
        <div>
          <Button variant="danger" onPress={() => setAsking(true)}>
            {t.location.begin}
          </Button>
        </div>
      )}
      {isAsking && place !== null && overview.self !== null ? (
        <TakeoverDialog {...{ counterId, place }} self={overview.self} onClose={() => setAsking(false)} />
      ) : null}
    </section>
  );
}
