/** What the page says of a takeover: a pure reading of what the host knows. */
import type { HubOverview } from '@aufruf/shared/domain/views/hub-overview';
import type { EpochMs } from '@aufruf/shared/lib/time';
import type { HubPlace } from '@aufruf/shared/takeover/hub-place';
import type { NotOffered } from '@aufruf/shared/takeover/takeover-offer';

export type TakeoverState =
  | { readonly kind: 'starting' | 'refilling' }
  | { readonly kind: 'hub'; readonly since: EpochMs }
  | { readonly kind: 'offered'; readonly place: HubPlace }
  | { readonly kind: 'notOffered'; readonly why: NotOffered };

export function takeoverState({ takeover, ownHub, ownHubSince }: HubOverview): TakeoverState {
  if (ownHub.state === 'starting' || ownHub.state === 'refilling') return { kind: ownHub.state };
  if ('notOffered' in takeover) {
    const isHubHere = takeover.notOffered === 'isHub' && ownHub.state === 'hub' && ownHubSince !== null;
    return isHubHere ? { kind: 'hub', since: ownHubSince } : { kind: 'notOffered', why: takeover.notOffered };
  }
  // It has published its place, and this device has not read it yet.
  return ownHub.state === 'hub' ? { kind: 'refilling' } : { kind: 'offered', place: takeover };
}
