import type { StartTexts } from './texts.ts';

export const en: StartTexts = {
  choose: 'Choose a screen',
  kiosk: 'Ticket kiosk',
  display: 'Call display',
  counter: 'Counter',
};
