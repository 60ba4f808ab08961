import type { KioskTexts } from './texts.ts';

export const de: KioskTexts = {
  welcome: 'Guten Tag!',
  chooseGroup: 'Worum geht es?',
  chooseService: 'Was möchten Sie erledigen?',
  back: 'Zurück',
  startOver: 'Zum Anfang',
  morePages: 'Weitere',
  previousPage: 'Vorherige',
  haveAppointment: 'Ich habe einen Termin',
  enterCode: 'Bitte geben Sie Ihre Termin-Nummer ein',
  enterCodeHint: 'Die Nummer steht in Ihrer Bestätigung.',
  deleteDigit: 'Letzte Ziffer löschen',
  checkIn: 'Anmelden',
  peopleWaiting: (count) =>
    count === 0 ? 'Niemand wartet' : count === 1 ? '1 Person wartet' : `${count} Personen warten`,
  closedReason: {
    outsideHours: 'Jetzt geschlossen',
    cutOff: 'Heute keine Annahme mehr',
    contingentUsedUp: 'Für heute sind alle Nummern vergeben',
    appointmentOnly: 'Nur mit Termin',
    dayClosed: 'Für heute geschlossen',
  },
  groupClosed: 'Im Moment nicht möglich',

  issuing: 'Ihre Nummer kommt gleich',
  stillTrying: 'Das dauert etwas länger. Bitte warten Sie.',

  yourNumber: 'Ihre Nummer',
  takePhoto: 'Bitte merken Sie sich die Nummer oder machen Sie ein Foto.',
  ahead: (count) =>
    count === 0
      ? 'Sie sind als Nächstes an der Reihe'
      : count === 1
        ? '1 Person ist vor Ihnen'
        : `${count} Personen sind vor Ihnen`,
  waitHere: 'Bitte warten Sie, bis Ihre Nummer aufgerufen wird.',
  waitIn: (area) => `Ihr Wartebereich: ${area}`,
  bring: 'Bitte bereithalten',
  followOnPhone: 'Nummer auf dem Handy verfolgen',
  qrLabel: 'QR-Code mit der Adresse Ihrer Nummer',
  done: 'Fertig',
  moreTime: 'Länger anzeigen',
  closesIn: (seconds) => `Diese Seite schließt in ${seconds} Sekunden`,
  stillThere: 'Sind Sie noch da?',
  yesMoreTime: 'Ja, ich brauche mehr Zeit',

  closed: 'Wir haben geschlossen',
  opensAt: (day, time) => `Wir öffnen wieder am ${day} um ${time} Uhr.`,
  opensUnknown: 'Die Öffnungszeiten finden Sie am Eingang.',
  noNumbers: 'Hier gibt es gerade keine Nummern',
  noNumbersHint: 'Bitte gehen Sie zum Empfang. Dort hilft man Ihnen weiter.',
  unknownKiosk: 'Dieser Automat ist noch nicht eingerichtet',
  unknownKioskHint: 'Bitte gehen Sie zum Empfang.',
  starting: 'Einen Moment bitte',

  trouble: {
    serviceClosed: 'Dafür gibt es gerade keine Nummern',
    contingentUsedUp: 'Für heute sind alle Nummern vergeben',
    appointmentOnly: 'Dafür brauchen Sie einen Termin',
    numbersExhausted: 'Für heute sind alle Nummern vergeben',
    unknownAppointment: 'Diese Termin-Nummer kennen wir heute nicht',
    alreadyCheckedIn: 'Sie sind schon angemeldet',
    appointmentTooEarly: 'Für Ihren Termin ist es noch zu früh',
    dayClosed: 'Wir haben für heute geschlossen',
    other: 'Das hat leider nicht geklappt',
  },
  troubleHint: 'Bitte versuchen Sie es noch einmal oder gehen Sie zum Empfang.',

  options: 'Darstellung',
  language: 'Sprache',
  largeText: 'Große Schrift',
  highContrast: 'Starker Kontrast',
  lowReach: 'Tiefer anzeigen',

  phone: {
    title: 'Ihre Nummer',
    state: {
      booked: 'Bitte melden Sie sich am Automaten an.',
      waiting: 'Bitte warten Sie.',
      called: 'Sie sind an der Reihe!',
      serving: 'Sie werden gerade bedient.',
      parked: 'Bitte warten Sie kurz. Sie werden wieder aufgerufen.',
      missed: 'Sie wurden aufgerufen. Bitte gehen Sie zum Empfang.',
      finished: 'Ihr Anliegen ist erledigt. Auf Wiedersehen!',
      cancelled: 'Diese Nummer gilt nicht mehr.',
      expired: 'Diese Nummer gilt nicht mehr.',
    },
    goTo: (place) => `Bitte gehen Sie zu ${place}`,
    unknown: 'Diese Nummer kennen wir heute nicht',
    unknownHint: 'Nummern gelten nur am Tag, an dem sie gezogen wurden.',
    offline: 'Keine Verbindung. Bitte achten Sie auf die Anzeige im Wartebereich.',
    keepOpen: 'Diese Seite aktualisiert sich von selbst.',
  },
};
