/** The frame of the business day (rule D1): configured, opened, closed. */

import { canonicalJson } from '../../sync/canonical-json.ts';
import { releaseVisit } from '../counter/hold.ts';
import { toClosedCounter } from '../counter/to-closed.ts';
import type { EvolverTable } from '../evolver.ts';
import { toExpired } from '../visit/moves.ts';
import { isClosed } from '../visit/visit.ts';
import { whyNotPublishable } from './publishable.ts';

export const dayEvolvers: EvolverTable<
  'v1.DayOpened' | 'v1.DayReopened' | 'v1.DayClosed' | 'v1.DaysReleased' | 'v1.ConfigurationPublished'
> = {
  // Opening an open day changes nothing: the hub may say it again after a restart, and devices alone say it themselves.
  'v1.DayOpened': (draft, { day }) => {
    const info = draft.info();
    if (info.day !== day || info.status === 'closed') return 'dayClosed';
    draft.putInfo({ status: 'open' });
    return null;
  },

  // Who was expired by the close stays so. Opening an open day changes nothing.
  'v1.DayReopened': (draft, { day }) => {
    if (draft.info().day !== day) return 'dayClosed';
    draft.putInfo({ status: 'open' });
    return null;
  },

  // What came in between the expiry of open visits and the close is expired here, so that a closed day has none open.
  'v1.DayClosed': (draft, { day }) => {
    const info = draft.info();
    if (info.day !== day || info.status !== 'open') return 'dayClosed';
    for (const visit of draft.openVisits()) {
      if (isClosed(visit)) continue;
      releaseVisit(draft, visit);
      draft.putVisit(toExpired(visit, draft.at));
    }
    for (const counter of draft.counters()) {
      if (counter.presence === 'closed') continue;
      draft.putCounter(toClosedCounter(counter, draft.at));
    }
    draft.putInfo({ status: 'closed' });
    return null;
  },

  // ISO dates compare as text. Never the day itself, and never fewer days than before.
  'v1.DaysReleased': (draft, { through }) => {
    const { day, releasedThrough } = draft.info();
    if (through >= day || (releasedThrough !== null && through < releasedThrough)) return 'changedSince';
    draft.putInfo({ releasedThrough: through });
    return null;
  },

  // The one in force, said again, changes nothing: a hub that starts on a new disk says what its predecessor had said.
  'v1.ConfigurationPublished': (draft, { config }) => {
    const current = draft.info().config;
    if (current !== null && canonicalJson(current) === canonicalJson(config)) return null;
    const refusal = whyNotPublishable(current, config);
    if (refusal === null) draft.putInfo({ config });
    return refusal;
  },
};
