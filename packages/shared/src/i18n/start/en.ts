import type { StartTexts } from './texts.ts';

export const en: StartTexts = {
  choose: 'Choose a screen',
  kiosk: 'Ticket kiosk',
  display: 'Call display',
  moved: 'This location\u2019s hub has moved. Please open:',
  counter: 'Counter',
};
