import type { LocationTexts } from './location-texts.ts';

export const locationDe: LocationTexts = {
  title: 'Standort',
  connection: 'Verbindung',
  state: 'Zustand',
  notSent: 'Noch nicht übertragen',
  allSent: 'Nichts, alles ist übertragen',
  hub: 'Standortserver',
  runsOn: 'Läuft auf',
  address: 'Adresse',
  addressHere: 'Die Adresse, unter der diese Seite geöffnet wurde',
  thisDevice: 'Dieses Gerät',
  ownMachine: 'eigener Rechner',
  relays: 'Vertretungen',
  relaysHint: 'Fehlt der Standortserver, vertritt ihn das erste dieser Geräte, das erreichbar ist.',
  noRelays:
    'Für diesen Standort ist keine Vertretung eingerichtet. Fehlt der Standortserver, arbeitet jedes Gerät für sich.',
  serving: 'vertritt jetzt',
  idle: 'vertritt zurzeit nicht',
  takeover: 'Dieses Gerät zum Standortserver machen',
  offered: {
    what: 'Der Standortserver fehlt. Dieses Gerät kann seinen Platz übernehmen.',
    how: 'Tun Sie das nur, wenn der alte Standortserver defekt ist und nicht bald wiederkommt. Bis dahin geht die Arbeit ohne ihn weiter.',
  },
  begin: 'Zum Standortserver machen …',
  starting: {
    what: 'Der neue Standortserver startet auf diesem Gerät.',
    how: 'Das dauert einige Sekunden. Lassen Sie das Gerät eingeschaltet.',
  },
  refilling: {
    what: 'Der neue Standortserver übernimmt von den anderen Geräten, was heute geschehen ist.',
    how: 'Das dauert meist weniger als eine Minute. Lassen Sie alle Geräte eingeschaltet.',
  },
  done: (since) => ({
    what: `Dieses Gerät ist der Standortserver. Er läuft hier seit ${since}.`,
    how: 'Lassen Sie das Gerät eingeschaltet und Aufruf geöffnet: Alle anderen arbeiten damit. Kommt der alte Standortserver zurück, übergibt er, was nur er hatte, und ordnet nichts mehr.',
  }),
  failedTitle: 'Dieses Gerät ist nicht zum Standortserver geworden',
  failed: {
    port: {
      what: 'Ein anderes Programm belegt die Adresse, unter der die Geräte den Standortserver suchen.',
      how: 'Beenden Sie dieses Programm, oder starten Sie das Gerät neu, und versuchen Sie es noch einmal.',
    },
    disk: {
      what: 'Der Datenträger dieses Geräts nimmt die Daten nicht an.',
      how: 'Schaffen Sie Platz und versuchen Sie es noch einmal, oder nehmen Sie ein anderes Gerät.',
    },
    clock: {
      what: 'Die Uhr dieses Geräts kann nicht stimmen.',
      how: 'Stellen Sie die Uhr und versuchen Sie es noch einmal.',
    },
    otherHub: {
      what: 'Auf diesem Gerät liegen Daten eines anderen Standortservers.',
      how: 'Rufen Sie die Systembetreuung, oder nehmen Sie ein anderes Gerät.',
    },
    unexpected: {
      what: 'Der Standortserver ist unerwartet beendet worden. Die Arbeit geht ohne ihn weiter.',
      how: 'Versuchen Sie es noch einmal. Hilft das nicht, rufen Sie die Systembetreuung: Der Grund steht im Protokoll.',
    },
  },
  refusals: {
    hubAnswers: {
      what: 'Der Standortserver antwortet. Es gibt nichts zu übernehmen.',
      how: 'Fehlt er einmal, können Sie dieses Gerät hier zum Standortserver machen.',
    },
    connecting: {
      what: 'Die Verbindung zum Standortserver wird gerade aufgebaut.',
      how: 'Ob er antwortet, zeigt sich in wenigen Sekunden.',
    },
    otherServes: {
      what: 'Ein anderes Gerät vertritt den Standortserver.',
      how: 'Machen Sie dieses andere Gerät zum Standortserver: Dort finden es alle sofort, die ihm jetzt folgen. Welches es ist, steht oben.',
    },
    isHub: { what: 'Dieses Gerät ist schon der Standortserver.', how: 'Lassen Sie es eingeschaltet.' },
    noRelay: {
      what: 'Dieses Gerät ist keine Vertretung.',
      how: 'Zum Standortserver machen lässt sich nur ein Gerät, das in der Konfiguration als Vertretung steht. Welche das sind, steht oben.',
    },
    cannotHost: {
      what: 'Dieses Gerät kann keinen Standortserver betreiben.',
      how: 'Nehmen Sie ein anderes der Geräte, die oben als Vertretung stehen, oder rufen Sie die Systembetreuung.',
    },
    noMachine: {
      what: 'Diese Seite kommt vom Standortserver selbst.',
      how: 'Übernehmen lässt sich sein Platz an einem Gerät mit eigenem Programm, das als Vertretung eingerichtet ist.',
    },
    otherPlace: {
      what: 'Die Adresse dieses Geräts wurde inzwischen geändert.',
      how: 'Schließen Sie diese Frage, lesen Sie die neue Adresse und entscheiden Sie neu.',
    },
  },
  confirm: {
    title: (machine) => `${machine} zum Standortserver machen?`,
    does: (address) =>
      `Dieses Gerät wird unter ${address} der neue Standortserver. Alle Geräte, die das hören, folgen ihm sofort, alle anderen, sobald sie wieder da sind.`,
    cannotBeUndone:
      'Das gilt auf Dauer, auch nach einem Neustart. Zurück geht es nur, indem ein anderer Rechner den Platz übernimmt.',
    firstTitle: 'Vorher sicherstellen',
    first: [
      'Der alte Standortserver ist defekt und kommt nicht bald wieder.',
      'Er ist ausgeschaltet oder vom Netz getrennt. Zwei Standortserver, die einander nicht hören, vergeben dieselben Nummern.',
      'Dieses Gerät kann während der Öffnungszeiten eingeschaltet bleiben.',
    ],
    isOff: 'Der alte Standortserver ist aus oder vom Netz getrennt. Ich habe mich davon überzeugt.',
    typeName: (name) => `Zur Bestätigung den Namen dieses Geräts eingeben: ${name}`,
    answer: 'Jetzt zum Standortserver machen',
  },
};
