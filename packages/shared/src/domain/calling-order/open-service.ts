import type { ServiceId } from '../../lib/ids.ts';
import type { Visit } from '../visit/visit.ts';

/** The service a visit waits for or is being served: its first open part. Null once all parts are delivered or dropped. */
export function openServiceId(visit: Pick<Visit, 'parts'>): ServiceId | null {
  for (const part of visit.parts) if (part.state === 'open') return part.serviceId;
  return null;
}
