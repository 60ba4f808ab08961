import type { CounterList, LocationView } from '@aufruf/shared/domain/views/view-schemas';
import type { ServiceId } from '@aufruf/shared/lib/ids';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { useMemo } from 'react';
import { StateScreen } from '../sign-in/state-screen.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useTime } from '../texts/use-time.ts';
import { DeskProvider, type DeskValue } from './desk-context.tsx';
import { deskMode } from './desk-mode.ts';
import { DeskScreen } from './desk-screen.tsx';

interface WorkScreenProps {
  readonly counter: CounterList['counters'][number];
  readonly location: LocationView;
}

/** Fetches what the desk needs; the screen itself is `DeskScreen`. */
export function WorkScreen({ counter, location }: WorkScreenProps) {
  const { t, common, language } = useTexts();
  const time = useTime(location.timeZone);
  const { value: desk } = useTopic('counterDesk', { counterId: counter.id });
  const { value: queue } = useTopic('counterQueue', { counterId: counter.id });

  const names = useMemo(
    () => new Map<ServiceId, string>(location.services.map(({ id, name }) => [id, name[language]])),
    [location, language],
  );
  const value = useMemo((): DeskValue | null => {
    if (!desk || !queue) return null;
    return {
      counterId: counter.id,
      counter,
      counterName: common.counterName(location.counterWord, counter.label),
      location,
      desk,
      queue,
      mode: deskMode(desk),
      // A service that was taken out of the configuration while somebody waits for it keeps at least its id.
      serviceName: (id) => names.get(id) ?? id,
      time,
    };
  }, [counter, common, location, desk, queue, names, time]);

  if (value === null) return <StateScreen icon="clock" title={t.signIn.loading} />;
  return (
    <DeskProvider value={value}>
      <DeskScreen />
    </DeskProvider>
  );
}
