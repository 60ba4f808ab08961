import '@aufruf/ui/styles/base.css';
import { visitIdSchema } from '@aufruf/shared/lib/ids';
import { startWebApp } from '@aufruf/ui/start-web-app';
import { PhoneTicket } from './phone-ticket.tsx';

const visit = visitIdSchema.safeParse(new URLSearchParams(location.search).get('visit'));

startWebApp('visitor', () => <PhoneTicket visitId={visit.success ? visit.data : null} />);
