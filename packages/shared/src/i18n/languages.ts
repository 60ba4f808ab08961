import { z } from 'zod';

/** Languages that every catalog has. Adding one here makes each catalog incomplete until it compiles again. */
export const LANGUAGES = ['de', 'en'] as const;
export const languageSchema = z.enum(LANGUAGES);
export type Language = z.infer<typeof languageSchema>;

/** Longest text of a configuration in one language, in characters. */
export const MAX_TEXT_LENGTH = 400;

/** A text of the location's configuration, in every language. */
export const localizedTextSchema = z.strictObject({
  de: z.string().min(1).max(MAX_TEXT_LENGTH),
  en: z.string().min(1).max(MAX_TEXT_LENGTH),
});
export type LocalizedText = z.infer<typeof localizedTextSchema>;
