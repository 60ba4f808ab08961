import type { TicketView } from '@aufruf/shared/domain/views/view-schemas';
import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';
import type { Language } from '@aufruf/shared/i18n/languages';
import { Icon } from '@aufruf/ui/components/icon';
import { QrCode } from '@aufruf/ui/components/qr-code';
import { TicketNumber } from '@aufruf/ui/components/ticket-number';
import styles from './ticket.module.css';

interface Props {
  readonly number: string;
  /** undefined for the moment until the details have come; the number stands there at once. */
  readonly ticket: TicketView | null | undefined;
  /** Where a phone can follow it; null while it cannot. */
  readonly address: string | null;
  readonly texts: KioskTexts;
  readonly language: Language;
}

/** The ticket on the screen: number, place in the queue, what to have ready, and the way to follow it on a phone. */
export function Ticket({ number, ticket, address, texts, language }: Props) {
  return (
    <section className={styles.ticket} data-phone={address === null ? undefined : true} aria-live="polite">
      <div className={styles.number}>
        <h1 className={styles.heading}>{texts.yourNumber}</h1>
        <TicketNumber text={number} size="huge" />
      </div>
      <div className={styles.queue}>
        <p className={styles.ahead}>{ticket?.ahead == null ? ' ' : texts.ahead(ticket.ahead)}</p>
        <p>{ticket ? texts.waitIn(ticket.areaName[language]) : ' '}</p>
        <p>{texts.waitHere}</p>
        <p>{texts.takePhoto}</p>
      </div>
      {address === null ? null : (
        <figure className={styles.phone}>
          <QrCode text={address} label={texts.qrLabel} />
          <figcaption>
            <Icon name="phone" />
            {texts.followOnPhone}
          </figcaption>
        </figure>
      )}
      {ticket && ticket.bring.length > 0 ? (
        <div className={styles.bring}>
          <h2>{texts.bring}</h2>
          <ul>
            {ticket.bring.map((hint) => (
              <li key={hint[language]}>
                <Icon name="check" />
                {hint[language]}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}
