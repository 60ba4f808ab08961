import type { TicketView } from '@aufruf/shared/domain/views/view-schemas';
import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';
import type { Language } from '@aufruf/shared/i18n/languages';
import { Icon } from '@aufruf/ui/components/icon';
import { Pressable } from '@aufruf/ui/components/pressable';
import { QrCode } from '@aufruf/ui/components/qr-code';
import { TicketNumber } from '@aufruf/ui/components/ticket-number';
import type { Press } from '../flow/kiosk-flow.ts';
import styles from './screen.module.css';
import ticketStyles from './ticket.module.css';

interface Props {
  readonly number: string;
  /** undefined for the moment until the details have come; the number stands there at once. */
  readonly ticket: TicketView | null | undefined;
  readonly address: string;
  readonly texts: KioskTexts;
  readonly language: Language;
  readonly secondsLeft: number | null;
  readonly press: (press: Press) => void;
}

/** The ticket on the screen: number, place in the queue, what to have ready, and the way to follow it on a phone. */
export function Ticket({ number, ticket, address, texts, language, secondsLeft, press }: Props) {
  return (
    <>
      <section className={ticketStyles.ticket} aria-live="polite">
        <div className={ticketStyles.main}>
          <h1 className={ticketStyles.heading}>{texts.yourNumber}</h1>
          <TicketNumber text={number} size="huge" />
          <p className={ticketStyles.ahead}>{ticket?.ahead == null ? ' ' : texts.ahead(ticket.ahead)}</p>
          <p>{ticket ? texts.waitIn(ticket.areaName[language]) : ' '}</p>
          <p>{texts.waitHere}</p>
        </div>
        <figure className={ticketStyles.phone}>
          <QrCode text={address} label={texts.qrLabel} />
          <figcaption>
            <Icon name="phone" />
            {texts.followOnPhone}
          </figcaption>
        </figure>
        {ticket && ticket.bring.length > 0 ? (
          <div className={ticketStyles.bring}>
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
      <p className={ticketStyles.photo}>{texts.takePhoto}</p>
      <div className={styles.actions}>
        <Pressable className={styles.secondary} onPress={() => press({ type: 'moreTime' })}>
          {texts.moreTime}
        </Pressable>
        <Pressable className={styles.primary} onPress={() => press({ type: 'startOver' })}>
          {texts.done}
        </Pressable>
      </div>
      <p className={styles.countdown}>{secondsLeft === null ? ' ' : texts.closesIn(secondsLeft)}</p>
    </>
  );
}
