import type { HubOverview } from '@aufruf/shared/domain/views/hub-overview';
import type { CounterId } from '@aufruf/shared/lib/ids';

/** What the parts of the location page share. */
export interface OverviewProps {
  /** The supervisor's counter. */
  readonly counterId: CounterId;
  readonly overview: HubOverview;
  readonly timeZone: string;
}
