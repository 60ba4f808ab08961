import type { Catalog } from '../catalog.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { KioskTexts } from './texts.ts';

export const kioskTexts: Catalog<KioskTexts> = { de, en };
