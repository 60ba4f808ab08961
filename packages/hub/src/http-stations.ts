import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { commonTexts } from '@aufruf/shared/i18n/common/catalog';
import { LANGUAGES, type LocalizedText } from '@aufruf/shared/i18n/languages';
import { STATIONS_FORMAT, type Stations } from '@aufruf/shared/protocol/stations';

/** The stations of a location, for a device that is being set up. */
export function stationsOf({ id, name, kiosks, displays, counters, counterWord }: LocationConfig): Stations {
  const counterName = (label: string): LocalizedText =>
    Object.fromEntries(
      LANGUAGES.map((language) => [language, commonTexts[language].counterName(counterWord, label)]),
    ) as LocalizedText;
  return {
    format: STATIONS_FORMAT,
    location: { id, name },
    kiosk: kiosks.map((kiosk) => ({ id: kiosk.id, name: kiosk.name })),
    display: displays.map((display) => ({ id: display.id, name: display.name })),
    counter: counters.map((counter) => ({ id: counter.id, name: counterName(counter.label) })),
  };
}
