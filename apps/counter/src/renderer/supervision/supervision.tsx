import type { CounterId } from '@aufruf/shared/lib/ids';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { BAR, useMediaQuery } from '../work/use-media-query.ts';
import { LocationPage } from './location-page.tsx';

interface Supervision {
  openPage(): void;
}

const SupervisionContext = createContext<Supervision | null>(null);

/** Null where the configuration offers nothing of the supervisor's at this counter. */
export const useSupervision = (): Supervision | null => useContext(SupervisionContext);

interface SupervisedProps {
  /** The counter this device stands at, or at which the clerk is signed in; null: none. */
  readonly counterId: CounterId | null;
  readonly timeZone: string | undefined;
  readonly children: ReactNode;
}

/**
 * The clerk's screens, with the way to the supervisor's page where there is one. What a supervisor may the host decides;
 * here is only shown or not shown what it would allow.
 */
export function Supervised({ counterId, timeZone, children }: SupervisedProps) {
  const { value: overview } = useTopic('hubOverview', counterId === null ? null : { counterId });
  const [isOpen, setOpen] = useState(false);
  const isBar = useMediaQuery(BAR);
  const supervision = useMemo(() => ({ openPage: () => setOpen(true) }), []);
  // The small bar is for calling: it has no room for this page, and no clerk should miss a call.
  const isPageShown = isOpen && !isBar && overview && counterId !== null && timeZone !== undefined;
  return (
    <SupervisionContext.Provider value={overview ? supervision : null}>
      {isPageShown ? <LocationPage {...{ counterId, timeZone, overview }} onClose={() => setOpen(false)} /> : children}
    </SupervisionContext.Provider>
  );
}
