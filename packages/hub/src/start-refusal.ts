/** Why a hub cannot start. Each is for a person at a terminal: what is wrong and what to do, one line for each matter. */
import type { HubRefusal } from '@aufruf/shared/protocol/hub-child';

export interface StartRefusal {
  readonly type: HubRefusal;
  readonly lines: readonly string[];
}
