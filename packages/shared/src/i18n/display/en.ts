import type { DisplayTexts } from './texts.ts';

export const en: DisplayTexts = {
  number: 'Number',
  goTo: 'Please go to',
  next: 'Soon',
  inService: 'Being served',
  waiting: 'waiting',
  noCalls: 'No call right now',
  noCallsHint: 'Your number appears here when it is your turn.',
  closed: 'We are closed',
  closedHint: 'Opening hours are posted at the entrance.',
  starting: 'One moment, please',
  cutOff: 'This screen is not up to date',
  cutOffHint: 'Please watch the other screens or ask at reception.',
  unknownDisplay: 'This screen has not been set up yet',
  unknownDisplayHint: 'Please ask at reception.',
  enableSound: 'Turn sound on',
  announcement: (number, place) => `Number ${number}, please go to ${place}.`,
  page: (current, of) => `Page ${current} of ${of}`,
};
