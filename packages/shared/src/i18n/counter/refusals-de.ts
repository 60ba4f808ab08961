import type { CounterTexts } from './texts.ts';

export const refusalsDe: CounterTexts['refusals'] = {
  dayClosed: {
    what: 'Der Tag ist abgeschlossen.',
    how: 'Heute sind keine Aufrufe mehr möglich. Fragen Sie die Standortleitung.',
  },
  unknownCounter: {
    what: 'Diesen Schalter gibt es nicht mehr.',
    how: 'Melden Sie sich ab und wählen Sie einen anderen.',
  },
  counterTaken: {
    what: 'Hier hat sich gerade jemand anderes angemeldet.',
    how: 'Wählen Sie einen freien Schalter oder übernehmen Sie diesen.',
  },
  sessionElsewhere: {
    what: 'Sie sind noch an einem anderen Schalter angemeldet.',
    how: 'Melden Sie sich dort zuerst ab.',
  },
  counterNotOpen: { what: 'Sie sind in der Pause oder abgemeldet.', how: 'Beenden Sie zuerst die Pause.' },
  visitInProgress: {
    what: 'Bei Ihnen ist noch ein Vorgang offen.',
    how: 'Schließen Sie ihn ab, parken Sie ihn oder geben Sie ihn zurück.',
  },
  notOnBreak: { what: 'Sie sind nicht in der Pause.', how: 'Sie können sofort weiterarbeiten.' },
  nobodyWaiting: {
    what: 'Im Moment kann niemand aufgerufen werden.',
    how: 'Sobald jemand an der Reihe ist, sehen Sie das hier.',
  },
  unknownVisit: { what: 'Diese Wartenummer gibt es heute nicht.', how: 'Prüfen Sie die Nummer auf der Wartemarke.' },
  notCallable: {
    what: 'Diese Nummer kann gerade nicht aufgerufen werden.',
    how: 'Sehen Sie in der Liste nach, was mit dem Vorgang ist.',
  },
  takenByOther: {
    what: 'Jemand anderes hat diesen Vorgang gerade übernommen.',
    how: 'Rufen Sie die nächste Person auf.',
  },
  unknownService: { what: 'Diese Dienstleistung wird hier nicht mehr angeboten.', how: 'Wählen Sie eine andere.' },
  numbersExhausted: {
    what: 'Alle Wartenummern für heute sind vergeben.',
    how: 'Sagen Sie der Standortleitung Bescheid.',
  },
  noVisitCalled: { what: 'Es ist gerade niemand aufgerufen.', how: 'Rufen Sie zuerst eine Person auf.' },
  noVisitInService: { what: 'Sie bedienen gerade niemanden.', how: 'Das geht, sobald eine Person erschienen ist.' },
  notParked: { what: 'Dieser Vorgang ist nicht mehr geparkt.', how: 'Sehen Sie in der Warteschlange nach.' },
  notRequeueable: {
    what: 'Dieser Vorgang kann nicht zurück in die Warteschlange.',
    how: 'Sehen Sie in der Liste nach, was mit ihm ist.',
  },
  counterLacksService: {
    what: 'Dort wird diese Dienstleistung nicht bearbeitet.',
    how: 'Wählen Sie ein anderes Ziel oder eine andere Dienstleistung.',
  },
  noTarget: { what: 'Es ist kein Ziel gewählt.', how: 'Wählen Sie eine Dienstleistung oder einen Schalter.' },
  tooManyParts: {
    what: 'Mehr Anliegen passen nicht in einen Vorgang.',
    how: 'Schließen Sie ihn ab und beginnen Sie einen neuen.',
  },
  visitClosed: { what: 'Dieser Vorgang ist schon abgeschlossen.', how: 'Es ist nichts weiter zu tun.' },
  reasonMissing: { what: 'Für den Vorrang fehlt der Grund.', how: 'Wählen Sie einen Grund aus.' },
  nothingToUndo: { what: 'Es gibt nichts rückgängig zu machen.', how: 'Arbeiten Sie einfach weiter.' },
  undoTooLate: { what: 'Das ist zu lange her, um es rückgängig zu machen.', how: 'Ändern Sie den Vorgang von Hand.' },
  changedSince: {
    what: 'Der Vorgang wurde inzwischen von jemand anderem geändert.',
    how: 'Rückgängig geht nicht mehr. Sehen Sie in der Liste nach.',
  },
  malformed: {
    what: 'Diese Eingabe wurde nicht angenommen.',
    how: 'Prüfen Sie die Eingabe und versuchen Sie es noch einmal.',
  },
  notAllowed: { what: 'Das ist an diesem Gerät nicht erlaubt.', how: 'Fragen Sie die Standortleitung.' },
  unknownName: {
    what: 'Der Standortserver kennt diesen Schritt nicht.',
    how: 'Laden Sie diese Seite neu. Hilft das nicht, fragen Sie die Technik.',
  },
  tooLarge: { what: 'Die Eingabe ist zu groß.', how: 'Kürzen Sie sie und versuchen Sie es noch einmal.' },
  wrongVersion: { what: 'Dieses Programm ist veraltet.', how: 'Laden Sie diese Seite neu.' },
  tooMany: {
    what: 'Das waren sehr viele Schritte auf einmal.',
    how: 'Warten Sie einen Augenblick und versuchen Sie es noch einmal.',
  },
  unreachable: {
    what: 'Der Standortserver antwortet nicht.',
    how: 'Versuchen Sie es noch einmal. Der Schritt wird auch dann nur einmal ausgeführt.',
  },
  storageFailed: {
    what: 'Der Schritt konnte nicht gespeichert werden.',
    how: 'Versuchen Sie es noch einmal. Hilft das nicht, rufen Sie die Technik.',
  },
  clockUnsure: {
    what: 'Dieses Gerät weiß nicht sicher, welcher Tag heute ist.',
    how: 'Stellen Sie die Uhr des Geräts, oder warten Sie auf die Verbindung zum Standortserver.',
  },
};
