import type { Catalog } from '../catalog.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { StartTexts } from './texts.ts';

export const startTexts: Catalog<StartTexts> = { de, en };
