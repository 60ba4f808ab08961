import { locationDe } from './location-de.ts';
import { refusalsDe } from './refusals-de.ts';
import type { CounterTexts, CounterWord } from './texts.ts';

const atThis: Record<CounterWord, string> = {
  desk: 'an diesem Platz',
  counter: 'an diesem Schalter',
  room: 'in diesem Zimmer',
};
const otherOnes: Record<CounterWord, string> = {
  desk: 'andere Plätze',
  counter: 'andere Schalter',
  room: 'andere Zimmer',
};
const people = (count: number) => (count === 1 ? '1 Person' : `${count} Personen`);
const times = (count: number) => (count === 1 ? 'einmal' : `${count}-mal`);

export const de: CounterTexts = {
  appName: 'Aufruf',
  signIn: {
    title: 'Wo arbeiten Sie heute?',
    hint: (word) =>
      ({
        desk: 'Wählen Sie Ihren Platz. Danach können Sie Personen aufrufen.',
        counter: 'Wählen Sie Ihren Schalter. Danach können Sie Personen aufrufen.',
        room: 'Wählen Sie Ihr Zimmer. Danach können Sie Personen aufrufen.',
      })[word],
    free: 'frei',
    taken: 'besetzt',
    onBreak: 'Pause',
    serving: (number) => `besetzt mit ${number}`,
    takeOverTitle: (counter) => `${counter} ist besetzt`,
    takeOverBody: 'Hier ist noch jemand angemeldet. Übernehmen Sie nur, wenn die Abmeldung vergessen wurde.',
    takeOverVisit: (number) => `Der offene Vorgang ${number} geht dabei an Sie über.`,
    takeOver: 'Übernehmen',
    takenFromYou: (counter) => `${counter} wurde an einem anderen Gerät übernommen.`,
    takenFromYouHow: 'Sie sind dort jetzt abgemeldet. Wählen Sie, wo Sie weiterarbeiten.',
    loading: 'Einen Augenblick, die Daten werden geladen.',
    notConfigured: 'Dieser Standort ist noch nicht eingerichtet.',
    notConfiguredHow: 'Sobald die Einrichtung veröffentlicht ist, geht es hier weiter.',
    dayNotOpened: 'Der Tag hat noch nicht begonnen.',
    dayNotOpenedHow: 'Sobald der Standort den Tag öffnet, können Sie sich anmelden.',
    dayClosed: 'Der Tag ist abgeschlossen.',
    dayClosedHow: 'Die Anmeldung geht am nächsten Öffnungstag wieder.',
    noCounters: 'Für diesen Standort ist noch kein Schalter eingerichtet.',
  },
  connection: {
    connected: (since) => `Verbunden seit ${since}`,
    connecting: (since) => `Verbindung wird aufgebaut seit ${since}`,
    lost: (since) => `Keine Verbindung zum Standortserver seit ${since}`,
    relay: (since) => `Standortserver fehlt seit ${since}, ein anderes Gerät vertritt ihn`,
    waiting: (count) => (count === 1 ? '1 Vorgang noch nicht übertragen' : `${count} Vorgänge noch nicht übertragen`),
    diskLow: 'Speicher fast voll: bitte die Systembetreuung rufen',
    lostHow: 'Die Liste kann veraltet sein. Sobald die Verbindung wieder steht, geht es von selbst weiter.',
  },
  actions: {
    callNext: 'Nächste Person aufrufen',
    arrived: 'Erschienen',
    recall: 'Erneut aufrufen',
    noShow: 'Nicht erschienen',
    requeue: 'Zurück in die Warteschlange',
    finish: 'Abschließen',
    finishAsDone: 'Erledigt',
    park: 'Parken',
    transfer: 'Weiterleiten',
    followUp: 'Weiteres Anliegen',
    endBreak: 'Pause beenden',
    beginBreak: 'Pause',
    signOut: 'Abmelden',
    enterNumber: 'Nummer aufrufen',
    walkDirect: 'Ohne Wartemarke bedienen',
    call: 'Aufrufen',
    callNumber: (number) => `${number} aufrufen`,
    resume: 'Fortsetzen',
    resumeNumber: (number) => `${number} fortsetzen`,
    moreFor: (number) => `Mehr zu ${number}`,
    edit: 'Ändern:',
    services: 'Anliegen',
    partySize: 'Personenzahl',
    priority: 'Vorrang',
    editServices: 'Anliegen ändern',
    editPartySize: 'Personenzahl ändern',
    editPriority: 'Vorrang ändern',
    requeueSame: 'Zurück an den alten Platz',
    requeueEnd: 'Ans Ende der Warteschlange',
    left: 'Vorgang streichen',
    cancelBooking: 'Termin streichen',
    back: 'Zurück',
    save: 'Speichern',
    retry: 'Noch einmal versuchen',
    close: 'Schließen',
    dismiss: 'Hinweis schließen',
  },
  visit: {
    nobodyCalled: 'Niemand aufgerufen',
    nobodyHint: (waiting) =>
      waiting === 0 ? 'Im Moment wartet niemand auf Sie.' : `${people(waiting)} in Ihrer Warteschlange`,
    nextUp: 'Als Nächstes',
    calledSince: (clock) => `Aufgerufen seit ${clock}`,
    recalled: (count) => `${count + 1}. Aufruf`,
    servingSince: (clock) => `In Bedienung seit ${clock}`,
    onBreak: 'Sie haben Pause',
    breakSince: (time, reason) => (reason ? `${reason} seit ${time}` : `seit ${time}`),
    party: people,
    languageName: (language) => ({ de: 'Deutsch', en: 'Englisch' })[language],
    appointment: (time) => `Termin ${time}`,
    walkIn: 'ohne Termin',
    noNumber: 'Ohne Nummer',
    priority: { 0: 'Kein Vorrang', 1: 'Vorrang vor allen', 2: 'Vorrang wie ein Termin' },
    priorityWith: (reason) => `Vorrang: ${reason}`,
    priorityReason: {
      disability: 'Behinderung',
      pregnancy: 'Schwangerschaft',
      smallChildren: 'kleine Kinder',
      staffDecision: 'Entscheidung vor Ort',
    },
    current: 'Aktueller Vorgang',
  },
  queue: {
    title: 'Warteschlange',
    tabs: { waiting: 'Wartend', parked: 'Geparkt', missed: 'Nicht erschienen', booked: 'Termine' },
    empty: {
      waiting: 'Niemand wartet. Neue Personen erscheinen hier von selbst.',
      parked: 'Nichts geparkt.',
      missed: 'Alle Aufgerufenen sind erschienen.',
      booked: 'Heute stehen keine weiteren Termine an.',
    },
    elsewhere: (count) =>
      count === 1 ? '1 weitere Person wartet auf andere.' : `${count} weitere Personen warten auf andere.`,
    waitingMinutes: (minutes) => `${minutes} Min.`,
    unanswered: (count) => `${times(count)} vergeblich aufgerufen`,
    reason: (reason, { appointment, priority, word }) => {
      switch (reason) {
        case 'priorityFirst':
          return priority ? `Vorrang: ${priority}` : 'Vorrang';
        case 'priorityMerged':
          return priority ? `Vorrang: ${priority}` : 'Vorrang wie ein Termin';
        case 'appointmentDue':
          return appointment ? `Termin ${appointment}` : 'Termin';
        case 'lateAppointment':
          return appointment ? `Termin ${appointment}, zu spät gekommen` : 'Termin, zu spät gekommen';
        case 'waitedLong':
          return 'wartet lange';
        case 'walkIn':
          return 'ohne Termin';
        case 'ratioWalkIn':
          return 'ohne Termin, jetzt an der Reihe';
        case 'reservedForThisCounter':
          return `nur ${atThis[word]}`;
        case 'fallbackService':
          return `Aushilfe für ${otherOnes[word]}`;
      }
    },
    blocked: (reason, { until, appointment }) => {
      switch (reason) {
        case 'calledRecently':
          return until ? `gerade erst aufgerufen, wieder ab ${until}` : 'gerade erst aufgerufen';
        case 'appointmentNotDue':
          return [
            appointment ? `Termin ${appointment}` : 'Termin',
            until ? `aufrufbar ab ${until}` : 'noch nicht aufrufbar',
          ].join(', ');
        case 'reservedForOther':
          return 'für jemand anderen bestimmt';
      }
    },
    parkReason: {
      fillsForm: 'füllt ein Formular aus',
      takesPhoto: 'macht ein Foto',
      pays: 'bezahlt',
      fetchesDocument: 'holt eine Unterlage',
      waitsForColleague: 'wartet auf eine Kollegin oder einen Kollegen',
      other: 'anderer Grund',
    },
    bookedHint: 'Die Anmeldung geschieht am Wartemarkenautomaten.',
    listHelp: 'Mit den Pfeiltasten durch die Liste gehen, mit der Eingabetaste auswählen.',
  },
  dialogs: {
    finishTitle: (number) => `${number} abschließen`,
    outcomeLegend: 'Wie ist es ausgegangen?',
    outcome: {
      done: 'Erledigt',
      documentsMissing: 'Unterlagen fehlen',
      pickupLater: 'Abholung später',
      notResponsible: 'Hier nicht zuständig',
      visitorLeft: 'Person ist gegangen',
    },
    deliveredLegend: 'Was wurde erledigt?',
    finishAndNext: 'Abschließen, dann nächste Person',
    parkTitle: (number) => `${number} parken`,
    parkLegend: 'Warum wird unterbrochen?',
    transferTitle: (number) => `${number} weiterleiten`,
    transferService: 'Dienstleistung',
    transferKeepService: 'Anliegen bleibt gleich',
    transferCounter: (word) => ({ desk: 'Platz', counter: 'Schalter', room: 'Zimmer' })[word],
    transferAnyCounter: (word) =>
      ({ desk: 'Jeder passende Platz', counter: 'Jeder passende Schalter', room: 'Jedes passende Zimmer' })[word],
    transferNothingChosen: 'Wählen Sie eine andere Dienstleistung oder ein Ziel.',
    transferNobodyServes: (word) =>
      ({
        desk: 'Diese Dienstleistung wird an keinem anderen Platz bearbeitet.',
        counter: 'Diese Dienstleistung wird an keinem anderen Schalter bearbeitet.',
        room: 'Diese Dienstleistung wird in keinem anderen Zimmer bearbeitet.',
      })[word],
    followUpTitle: (number) => `Weiteres Anliegen für ${number}`,
    followUpAdd: 'Hinzufügen',
    servicesTitle: (number) => `Anliegen von ${number}`,
    servicesNone: 'Wählen Sie mindestens ein Anliegen.',
    walkDirectTitle: 'Ohne Wartemarke bedienen',
    walkDirectHint: 'Die Person steht schon vor Ihnen. Sie bekommt eine Nummer, wird aber nicht ausgerufen.',
    walkDirectStart: 'Bedienung beginnen',
    partyTitle: (number) => `Wie viele Personen gehören zu ${number}?`,
    partyLabel: 'Personen',
    partyLess: 'Eine Person weniger',
    partyMore: 'Eine Person mehr',
    priorityTitle: (number) => `Vorrang für ${number}`,
    priorityLegend: 'Vorrang',
    priorityReasonLegend: 'Grund',
    numberTitle: 'Bestimmte Nummer aufrufen',
    numberLabel: 'Wartenummer',
    numberHint: 'Zum Beispiel A012. Groß- und Kleinschreibung und führende Nullen sind gleich.',
    numberUnknown: (number) => `${number} ist nicht in Ihrer Liste. Prüfen Sie die Nummer auf der Wartemarke.`,
    numberAmbiguous: (numbers) => `Mehrere Nummern passen: ${numbers}. Geben Sie den Buchstaben mit ein.`,
    numberCall: 'Aufrufen',
    breakTitle: 'Pause beginnen',
    breakLegend: 'Art der Pause',
    breakReason: { pause: 'Pause', meeting: 'Besprechung', backOffice: 'Sachbearbeitung', other: 'Anderes' },
    breakStart: 'Beginnen',
    rowTitle: (number) => `Vorgang ${number}`,
    language: 'Sprache der Person',
    serviceSearch: 'Dienstleistung suchen',
    serviceNoMatch: 'Keine Dienstleistung passt dazu.',
    helpTitle: 'Tasten',
    helpKeys: 'Diese Tasten gelten im ganzen Fenster:',
    helpList: 'In der Warteschlange:',
    helpArrows:
      'Pfeiltasten wechseln die Zeile und die Schaltfläche, Pos1 und Ende springen an den Anfang und ans Ende.',
    cancelReasonLegend: 'Warum wird gestrichen?',
    cancelReason: {
      left: 'Person ist gegangen',
      withdrawn: 'Person braucht es nicht mehr',
      mistake: 'Aus Versehen gezogen',
    },
  },
  undo: {
    label: (what) => `Rückgängig: ${what}`,
    until: (clock) => `noch ${clock}`,
    short: 'Rückgängig',
    nothing: 'Nichts rückgängig zu machen',
    what: {
      'v1.VisitCalled': 'Aufruf',
      'v1.VisitRecalled': 'Erneuter Aufruf',
      'v1.VisitArrived': 'Erschienen',
      'v1.VisitNotShown': 'Nicht erschienen',
      'v1.VisitParked': 'Parken',
      'v1.VisitResumed': 'Fortsetzen',
      'v1.VisitRequeued': 'Zurück in die Warteschlange',
      'v1.VisitTransferred': 'Weiterleiten',
      'v1.FollowUpAdded': 'Weiteres Anliegen',
      'v1.ServicesEdited': 'Anliegen geändert',
      'v1.PriorityChanged': 'Vorrang geändert',
      'v1.PartySizeChanged': 'Personenzahl geändert',
      'v1.VisitFinished': 'Abschließen',
      'v1.VisitCancelled': 'Streichen',
      'v1.TicketIssued': 'Ohne Wartemarke bedienen',
      'v1.CounterOpened': 'Anmelden',
      'v1.CounterClosed': 'Abmelden',
      'v1.BreakBegan': 'Pause begonnen',
      'v1.BreakEnded': 'Pause beendet',
    },
    lastStep: 'letzter Schritt',
  },
  settings: {
    title: 'Einstellungen',
    language: 'Sprache der Anzeige',
    largeText: 'Große Schrift',
    highContrast: 'Starker Kontrast',
    signKeys: 'Zeichentasten',
    signKeysHint: 'Schalten Sie sie aus, wenn Sie per Spracheingabe arbeiten.',
    help: 'Tasten anzeigen',
  },
  superseded: {
    title: (number) => `${number} wird an anderer Stelle bedient`,
    how: 'Ohne Verbindung wurde die Nummer zweimal aufgerufen. Rufen Sie die nächste Person auf.',
  },
  arrival: {
    title: (number) => `${number} ist da`,
    how: (key) => `Die Warteschlange ist nicht mehr leer. Mit ${key} rufen Sie auf.`,
  },
  title: {
    idle: (waiting, counter) => (waiting > 0 ? `(${waiting}) ${counter} – Aufruf` : `${counter} – Aufruf`),
    visit: (number, counter) => `${number} · ${counter} – Aufruf`,
    arrival: (number) => `● ${number} ist da – Aufruf`,
  },
  refusals: refusalsDe,
  location: locationDe,
  keys: { ctrl: 'Strg' },
};
