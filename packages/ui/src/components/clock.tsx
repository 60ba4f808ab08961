import { formatTime } from '@aufruf/shared/i18n/format';
import type { Language } from '@aufruf/shared/i18n/languages';
import type { EpochMs } from '@aufruf/shared/lib/time';

/** The local time of the location, by the host's clock: a screen with a wrong clock of its own shows the right time. */
export function Clock(props: { readonly now: EpochMs; readonly timeZone: string; readonly language: Language }) {
  return <time>{formatTime(props.now, props.timeZone, props.language)}</time>;
}
