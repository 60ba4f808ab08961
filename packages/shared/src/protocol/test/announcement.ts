/** What a hub says of itself, for tests. */
import type { DeviceId, Incarnation, LocationId } from '../../lib/ids.ts';
import type { Announcement } from '../discovery.ts';

export const mitte: Announcement = {
  role: 'hub',
  locationId: 'mitte' as LocationId,
  device: 'hub' as DeviceId,
  incarnation: 'a'.repeat(32) as Incarnation,
  name: { de: 'Bürgeramt = Mitte', en: 'Citizens’ office\nMitte' },
  port: 4711,
};
