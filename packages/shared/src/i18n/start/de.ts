import type { StartTexts } from './texts.ts';

export const de: StartTexts = {
  choose: 'Bildschirm wählen',
  kiosk: 'Wartemarkenautomat',
  display: 'Aufrufanzeige',
  moved: 'Der Server dieses Standorts ist umgezogen. Öffnen Sie:',
  counter: 'Arbeitsplatz',
};
