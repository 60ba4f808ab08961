import '@aufruf/ui/styles/base.css';
import { startWebApp } from '@aufruf/ui/start-web-app';
import { App } from './app.tsx';

startWebApp('clerk', ({ station, refused }) => <App station={station ?? null} refused={refused} />);
