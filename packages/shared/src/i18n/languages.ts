/**
 * The languages of Aufruf. Adding a tag here makes every catalog and every configuration text incomplete until it is
 * there in the new language too: a missing text does not compile.
 */
import { z } from 'zod';

export const LANGUAGES = ['de', 'en'] as const;
export const languageSchema = z.enum(LANGUAGES);
export type Language = z.infer<typeof languageSchema>;

/** How a language calls itself, which way it runs, and the BCP 47 tag for formats and speech. */
export const LANGUAGE_FACTS: Readonly<
  Record<Language, { nativeName: string; direction: 'ltr' | 'rtl'; locale: string }>
> = {
  de: { nativeName: 'Deutsch', direction: 'ltr', locale: 'de-DE' },
  en: { nativeName: 'English', direction: 'ltr', locale: 'en-GB' },
};

/** Longest text of a configuration in one language, in characters. */
export const MAX_TEXT_LENGTH = 400;

const text = z.string().min(1).max(MAX_TEXT_LENGTH);

/** A text of the location's configuration, in every language. */
export const localizedTextSchema = z.strictObject({ de: text, en: text } satisfies Record<Language, z.ZodString>);
export type LocalizedText = z.infer<typeof localizedTextSchema>;
