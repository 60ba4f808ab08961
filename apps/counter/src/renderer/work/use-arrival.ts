import type { CounterQueue } from '@aufruf/shared/domain/views/view-schemas';
import { useEffect, useRef, useState } from 'react';
import { notifyOutside } from '../platform/browser.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { DeskMode } from './desk-mode.ts';

/**
 * The number of somebody who came into an empty queue while the clerk was free; null once they are called,
 * gone, or no longer the first.
 * The first look at a queue is no news.
 */
export function useArrival(queue: CounterQueue, mode: DeskMode): string | null {
  const { t } = useTexts();
  const [arrival, setArrival] = useState<string | null>(null);
  const first = queue.waiting.find(({ blocked }) => blocked === null)?.number ?? null;
  const wasEmpty = useRef(first === null);

  useEffect(() => {
    if (mode === 'idle' && first !== null && wasEmpty.current) {
      setArrival(first);
      notifyOutside(t.arrival.title(first), t.arrival.how('F2'));
    } else setArrival((shown) => (mode === 'idle' && first === shown ? shown : null));
    wasEmpty.current = first === null;
  }, [first, mode, t]);

  return arrival;
}
