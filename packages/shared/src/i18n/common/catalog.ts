import type { Catalog } from '../catalog.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { CommonTexts } from './texts.ts';

export const commonTexts: Catalog<CommonTexts> = { de, en };
