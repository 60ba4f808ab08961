import '@aufruf/ui/styles/base.css';
import { startSetup } from '@aufruf/ui/setup/start-setup';

startSetup();
