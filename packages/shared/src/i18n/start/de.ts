import type { StartTexts } from './texts.ts';

export const de: StartTexts = {
  choose: 'Bildschirm wählen',
  kiosk: 'Wartemarkenautomat',
  display: 'Aufrufanzeige',
  counter: 'Arbeitsplatz',
};
