import type { DisplayTexts } from './texts.ts';

export const de: DisplayTexts = {
  number: 'Nummer',
  goTo: 'Bitte zu',
  next: 'Bald an der Reihe',
  inService: 'Gerade bedient',
  waiting: 'wartend',
  noCalls: 'Im Moment kein Aufruf',
  noCallsHint: 'Ihre Nummer erscheint hier, sobald Sie an der Reihe sind.',
  closed: 'Wir haben geschlossen',
  closedHint: 'Die Öffnungszeiten finden Sie am Eingang.',
  starting: 'Einen Moment bitte',
  cutOff: 'Diese Anzeige ist gerade nicht aktuell',
  cutOffHint: 'Bitte achten Sie auf die anderen Anzeigen oder fragen Sie am Empfang.',
  unknownDisplay: 'Diese Anzeige ist noch nicht eingerichtet',
  unknownDisplayHint: 'Bitte wenden Sie sich an den Empfang.',
  enableSound: 'Ton einschalten',
  announcement: (number, place) => `Nummer ${number}, bitte zu ${place}.`,
  page: (current, of) => `Seite ${current} von ${of}`,
};
