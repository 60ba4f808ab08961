/** How a clerk likes the screen: kept on this device, changed at once. */
import { LANGUAGES, type Language } from '@aufruf/shared/i18n/languages';

export interface Preferences {
  readonly language: Language;
  readonly largeText: boolean;
  readonly highContrast: boolean;
  /** Keys that type a character ("/", "?") act as shortcuts; can be off for people who dictate (WCAG 2.1.4). */
  readonly signKeys: boolean;
}

/** `json` is what was kept, in any state; `preferred` the browser's languages, best first. German if none fits. */
export function readPreferences(json: string | null, preferred: readonly string[]): Preferences {
  const stored = parse(json);
  return {
    language: toLanguage(stored.language) ?? firstKnown(preferred) ?? 'de',
    largeText: stored.largeText === true,
    highContrast: stored.highContrast === true,
    signKeys: stored.signKeys !== false,
  };
}

function parse(json: string | null): Partial<Record<keyof Preferences, unknown>> {
  try {
    const value: unknown = JSON.parse(json ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const toLanguage = (value: unknown): Language | undefined => LANGUAGES.find((language) => language === value);

const firstKnown = (preferred: readonly string[]): Language | undefined =>
  preferred.map((tag) => toLanguage(tag.toLowerCase().split('-')[0])).find((language) => language !== undefined);
