/** The connection state in words with the time since (M1-M3): a clerk never has to guess whether the list is current. */
import type { LinkState } from '@aufruf/shared/bridge/bridge';
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import type { CounterTexts } from '@aufruf/shared/i18n/counter/texts';
import type { EpochMs } from '@aufruf/shared/lib/time';

export interface ConnectionWords {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly text: string;
  /** How many steps the hub has not heard of, in words; null if none. */
  readonly waiting: string | null;
}

/** `link.since` is by this machine's clock, `status.since` by the host's; `time` formats each as `10:32`. */
export function connectionWords(
  t: CounterTexts['connection'],
  link: LinkState,
  status: SyncStatus | undefined,
  time: { readonly here: (at: EpochMs) => string; readonly host: (at: EpochMs) => string },
): ConnectionWords {
  const count = status?.eventsWaiting ?? 0;
  const waiting = count > 0 ? t.waiting(count) : null;
  if (link.state === 'down') return { tone: 'bad', text: t.lost(time.here(link.since)), waiting };
  if (link.state === 'connecting' || status === undefined) {
    return { tone: 'warn', text: t.connecting(time.here(link.since)), waiting };
  }
  switch (status.mode) {
    case 'ORDERED':
      // Since both hold: the way to the host, and the host's to the hub.
      return {
        tone: 'good',
        text: t.connected(link.since > status.since ? time.here(link.since) : time.host(status.since)),
        waiting,
      };
    case 'CONNECTING':
      return { tone: 'warn', text: t.connecting(time.host(status.since)), waiting };
    case 'RELAY':
      return { tone: 'warn', text: t.relay(time.host(status.since)), waiting };
    case 'ALONE':
      return { tone: 'bad', text: t.lost(time.host(status.since)), waiting };
  }
}
