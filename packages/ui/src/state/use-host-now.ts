import type { EpochMs } from '@aufruf/shared/lib/time';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useBridge } from './bridge-context.ts';

/**
 * The host's time, renewed every `intervalMs`, at whole multiples of it: clocks on one wall tick together, and a clock
 * of minutes turns when the minute does. A screen's own clock may be wrong.
 */
export function useHostNow(intervalMs: number): EpochMs {
  const { topics, platform } = useBridge();
  const offsetMs = useStore(topics.store, (state) => state.hostOffsetMs);
  const [now, setNow] = useState(() => platform.now() + offsetMs);
  useEffect(() => topics.watch('syncStatus', {}), [topics]);
  useEffect(() => {
    let cancel = (): void => {};
    const renew = (): void => {
      const hostNow = platform.now() + offsetMs;
      setNow(hostNow);
      cancel = platform.schedule(intervalMs - (hostNow % intervalMs), renew);
    };
    renew();
    return () => cancel();
  }, [platform, offsetMs, intervalMs]);
  return now;
}
