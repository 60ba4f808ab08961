/** Times and spans as people read them. For screens only: reducers never format (O7). */
import type { EpochMs } from '../lib/time.ts';
import { MINUTE_MS } from '../lib/time.ts';
import { LANGUAGE_FACTS, type Language } from './languages.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(LANGUAGE_FACTS[language].locale, { ...options, timeZone });
    formatters.set(key, found);
  }
  return found;
}

/** `14:05`, on the 24-hour clock everywhere. */
export const formatTime = (at: EpochMs, timeZone: string, language: Language): string =>
  formatter(language, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** `Montag, 23. November`. */
export const formatDay = (at: EpochMs, timeZone: string, language: Language): string =>
  formatter(language, timeZone, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);

/** Whole minutes of a span, never negative. */
export const wholeMinutes = (spanMs: number): number => Math.max(0, Math.floor(spanMs / MINUTE_MS));

/** `4:07`: minutes and seconds of a running clock; hours from one hour on (`1:04:07`). */
export function formatClock(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
