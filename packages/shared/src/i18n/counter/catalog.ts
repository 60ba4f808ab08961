import type { Catalog } from '../catalog.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { CounterTexts } from './texts.ts';

export const counterTexts: Catalog<CounterTexts> = { de, en };
