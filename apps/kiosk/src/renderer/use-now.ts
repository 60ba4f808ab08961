import { useBridge } from '@aufruf/ui/state/bridge-context';
import { useEffect, useState } from 'react';

/** This machine's own time, renewed every `intervalMs`: for countdowns of the screen, never for the location's clock. */
export function useNow(intervalMs: number): number {
  const { platform } = useBridge();
  const [now, setNow] = useState(platform.now);
  useEffect(() => {
    let cancel = () => {};
    const renew = () => {
      setNow(platform.now());
      cancel = platform.schedule(intervalMs, renew);
    };
    renew();
    return () => cancel();
  }, [platform, intervalMs]);
  return now;
}
