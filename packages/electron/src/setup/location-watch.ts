/**
 * Of which location a hub is. A device keeps its data apart for each location, since two may both have a kiosk-1; one that
 * was told its hub and station on the command line learns the location from the hub, at each start.
 */
import type { LocationId } from '@aufruf/shared/lib/ids';
import type { ShellPlatform } from '../shell-platform.ts';
import type { askStations } from './ask-stations.ts';

/** A hub that does not answer is asked again so often. */
export const ASK_LOCATION_AGAIN_MS = 2_000;

export interface LocationWatch {
  /** Asks until the hub answers once; the search before ends. */
  ask(hubUrl: string): void;
  end(): void;
}

export interface LocationWatchOptions {
  readonly ask: typeof askStations;
  readonly platform: ShellPlatform;
  readonly onAnswer: (locationId: LocationId) => void;
}

export function createLocationWatch({ ask, platform, onAnswer }: LocationWatchOptions): LocationWatch {
  /** Rises with each search: a late answer to an earlier one counts for nothing. */
  let search = 0;
  let cancelNext = (): void => {};

  async function look(hubUrl: string, own: number): Promise<void> {
    const answer = await ask(hubUrl);
    if (own !== search) return;
    if (answer.ok) onAnswer(answer.value.location.id);
    else cancelNext = platform.schedule(ASK_LOCATION_AGAIN_MS, () => void look(hubUrl, own));
  }

  function end(): void {
    search += 1;
    cancelNext();
  }

  return {
    ask(hubUrl) {
      end();
      void look(hubUrl, search);
    },
    end,
  };
}
