import type { Catalog } from '../catalog.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { SetupTexts } from './texts.ts';

export const setupTexts: Catalog<SetupTexts> = { de, en };
