import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';
import type { Language } from '@aufruf/shared/i18n/languages';
import type { VisitId } from '@aufruf/shared/lib/ids';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { Ticket } from './ticket.tsx';

interface Props {
  readonly visitId: VisitId;
  readonly number: string;
  readonly publicUrl: string | null;
  /** The page that a phone would open is the hub's: while it is silent, the way there would lead to an error. */
  readonly isHubSilent: boolean;
  readonly texts: KioskTexts;
  readonly language: Language;
}

/** The ticket with its live place in the queue. */
export function TicketStep({ visitId, publicUrl, isHubSilent, ...rest }: Props) {
  const { value: ticket } = useTopic('ticket', { visitId });
  const address = new URL(`/ticket?visit=${visitId}`, publicUrl ?? location.origin).href;
  return <Ticket {...rest} ticket={ticket} address={isHubSilent ? null : address} />;
}
