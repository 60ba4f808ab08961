import '@aufruf/ui/styles/base.css';
import { visitIdSchema } from '@aufruf/shared/lib/ids';
import { startApp } from '@aufruf/ui/start-app';
import { PhoneTicket } from './phone-ticket.tsx';

const visit = visitIdSchema.safeParse(new URLSearchParams(location.search).get('visit'));

startApp('visitor', () => <PhoneTicket visitId={visit.success ? visit.data : null} />);
