import type { NamedDevice } from '@aufruf/shared/domain/views/hub-overview';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { useTexts } from '../texts/use-texts.ts';

/** A device by what people call it, with the name that stands in the configuration: "Schalter 3 (counter-3)". */
export function useDeviceName(): (device: NamedDevice) => string {
  const { t, common, language } = useTexts();
  const { value: location } = useTopic('location', {});
  return ({ id, is }) => {
    switch (is.kind) {
      case 'counter':
        return `${common.counterName(location?.counterWord ?? 'counter', is.label)} (${id})`;
      case 'kiosk':
        return `${is.name[language]} (${id})`;
      case 'other':
        return `${t.location.ownMachine} (${id})`;
    }
  };
}
