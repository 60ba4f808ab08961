import type { TicketView } from '@aufruf/shared/domain/views/view-schemas';
import { commonTexts } from '@aufruf/shared/i18n/common/catalog';
import { kioskTexts } from '@aufruf/shared/i18n/kiosk/catalog';
import { LANGUAGES, type Language } from '@aufruf/shared/i18n/languages';
import type { VisitId } from '@aufruf/shared/lib/ids';
import { Icon } from '@aufruf/ui/components/icon';
import { Notice } from '@aufruf/ui/components/notice';
import { TicketNumber } from '@aufruf/ui/components/ticket-number';
import { useLink } from '@aufruf/ui/state/use-link';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { useEffect } from 'react';
import styles from './phone-ticket.module.css';

/** A citizen's ticket on their own phone: number, place in the queue, and where to go. Knows nothing but the ticket. */
export function PhoneTicket({ visitId }: { readonly visitId: VisitId | null }) {
  return visitId === null ? <Unknown /> : <KnownTicket visitId={visitId} />;
}

function KnownTicket({ visitId }: { readonly visitId: VisitId }) {
  const { value: ticket } = useTopic('ticket', { visitId });
  const isDown = useLink().state === 'down';
  if (ticket === null) return <Unknown />;
  if (ticket === undefined) {
    return <Notice size="page" icon="clock" title={kioskTexts[phoneLanguage()].starting} />;
  }
  return <LiveTicket ticket={ticket} isDown={isDown} />;
}

function LiveTicket({ ticket, isDown }: { readonly ticket: TicketView; readonly isDown: boolean }) {
  const { language } = ticket;
  const texts = kioskTexts[language];
  const isCalled = ticket.state === 'called';
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = ticket.number ? `${ticket.number} – ${texts.phone.state[ticket.state]}` : texts.phone.title;
  }, [language, ticket.number, ticket.state, texts]);

  return (
    <main className={isCalled ? `${styles.page} ${styles.called}` : styles.page}>
      <h1 className={styles.title}>{texts.phone.title}</h1>
      <TicketNumber text={ticket.number ?? '–'} size="huge" />
      <p className={styles.state} role="status">
        {texts.phone.state[ticket.state]}
      </p>
      {ticket.counterLabel ? (
        <p className={styles.place}>
          <Icon name="next" />
          {texts.phone.goTo(commonTexts[language].counterName(ticket.counterWord, ticket.counterLabel))}
        </p>
      ) : null}
      {ticket.ahead !== null ? <p className={styles.ahead}>{texts.ahead(ticket.ahead)}</p> : null}
      <p>{texts.waitIn(ticket.areaName[language])}</p>
      {isDown ? <Notice tone="warn" icon="offline" title={texts.phone.offline} /> : null}
      {ticket.bring.length > 0 ? (
        <section className={styles.bring}>
          <h2>{texts.bring}</h2>
          <ul>
            {ticket.bring.map((hint) => (
              <li key={hint[language]}>
                <Icon name="check" />
                {hint[language]}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <p className={styles.small}>{texts.phone.keepOpen}</p>
    </main>
  );
}

function Unknown() {
  const texts = kioskTexts[phoneLanguage()].phone;
  return (
    <main className={styles.page}>
      <Notice size="page" icon="info" title={texts.unknown}>
        <p>{texts.unknownHint}</p>
      </Notice>
    </main>
  );
}

/** The phone's own language where we speak it; used only until the ticket says which one the citizen chose. */
function phoneLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2));
  return (
    LANGUAGES.find((language) => language === wanted.find((tag) => LANGUAGES.some((known) => known === tag))) ?? 'de'
  );
}
