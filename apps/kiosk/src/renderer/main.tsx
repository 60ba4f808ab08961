import '@aufruf/ui/styles/base.css';
import { startWebApp } from '@aufruf/ui/start-web-app';
import { App } from './app.tsx';

startWebApp('kiosk', (welcome) => <App {...welcome} />);
