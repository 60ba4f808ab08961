/**
 * Catalogs: one folder an app (`kiosk/`, `display/`, `counter/`), `setup/`, `start/` and `common/`; in each, `texts.ts` with the interface,
 * one file a language, and `catalog.ts` that puts them together. A text with parameters is a function, so that every
 * language orders and inflects freely. Screens take all their words from here; words of the location (names of
 * services) come from its configuration.
 */
import type { Language } from './languages.ts';

export type Catalog<Texts> = Readonly<Record<Language, Readonly<Texts>>>;
