import '@aufruf/ui/styles/base.css';
import { startApp } from '@aufruf/ui/start-app';
import { App } from './app.tsx';

startApp('display', (welcome) => <App {...welcome} />);
