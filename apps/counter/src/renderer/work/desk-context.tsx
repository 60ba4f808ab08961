/** What the parts of the work screen share: the counter, its desk and queue, and words for services. */
import type { CounterDesk, CounterList, CounterQueue, LocationView } from '@aufruf/shared/domain/views/view-schemas';
import type { CounterId, ServiceId } from '@aufruf/shared/lib/ids';
import { createContext, useContext } from 'react';
import type { DeskMode } from './desk-mode.ts';

export interface DeskValue {
  readonly counterId: CounterId;
  readonly counter: CounterList['counters'][number];
  /** "Schalter 7" in the clerk's language. */
  readonly counterName: string;
  readonly location: LocationView;
  readonly desk: CounterDesk;
  readonly queue: CounterQueue;
  readonly mode: DeskMode;
  serviceName(id: ServiceId): string;
  /** Formats as `10:32`, local time. */
  time(at: number): string;
}

const DeskContext = createContext<DeskValue | null>(null);

export const DeskProvider = DeskContext.Provider;

export function useDesk(): DeskValue {
  const value = useContext(DeskContext);
  if (value === null) throw new Error('useDesk was called outside the work screen.');
  return value;
}
