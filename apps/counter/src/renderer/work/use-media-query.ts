import { useCallback, useSyncExternalStore } from 'react';

/** Below this height the window is the bar that stays on top of other programs. */
export const BAR = '(max-height: 240px)';

export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
