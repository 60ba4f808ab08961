/** The machine behind a host, as far as people at it may make it the location's hub (rule M5). */
import type { LocationConfig } from '../domain/location-config/schema.ts';
import type { DeviceId } from '../lib/ids.ts';
import type { Result } from '../lib/result.ts';
import type { EpochMs } from '../lib/time.ts';
import type { HubPlace } from './hub-place.ts';
import type { OwnHubStatus } from './own-hub-status.ts';

/** What is known at a machine; plain data. */
export interface MachineView {
  /** The device it is. */
  readonly device: DeviceId;
  /** Whether it has a hub to start. */
  readonly canHost: boolean;
  /** The hub's address that the device was set up with. */
  readonly setUpWith: string;
  /** The relay that stands in, be it this machine; null while none does. */
  readonly servedBy: DeviceId | null;
  readonly ownHub: OwnHubStatus;
  /** Since when that is so. */
  readonly ownHubSince: EpochMs;
}

export interface Machine {
  view(): MachineView;
  /** Begins; see OwnHub. */
  takeOver(place: HubPlace, config: LocationConfig): Result<null, { readonly type: 'storageFailed' }>;
}
