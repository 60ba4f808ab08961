import { formatTime } from '@aufruf/shared/i18n/format';
import type { EpochMs } from '@aufruf/shared/lib/time';
import { useCallback } from 'react';
import { usePreferences } from '../preferences/preferences-context.tsx';

/** Formats a time of day as `10:32` in the location's time zone and the clerk's language. */
export function useTime(timeZone: string): (at: EpochMs) => string {
  const { language } = usePreferences().preferences;
  return useCallback((at: EpochMs) => formatTime(at, timeZone, language), [timeZone, language]);
}
