import type { Catalog } from '../catalog.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { DisplayTexts } from './texts.ts';

export const displayTexts: Catalog<DisplayTexts> = { de, en };
