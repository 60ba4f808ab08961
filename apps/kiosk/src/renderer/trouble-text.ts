import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';

export interface TroubleText {
  readonly title: string;
  readonly hint: string;
}

/** A refusal in words a citizen can act on; what only staff could understand is plain "that did not work". */
export function troubleText(texts: KioskTexts, refusal: string): TroubleText {
  // Alone, and its clock cannot be right (D1): trying again is no use before somebody has seen to it.
  if (refusal === 'clockUnsure') return { title: texts.noNumbers, hint: texts.noNumbersHint };
  const { trouble, troubleHint: hint } = texts;
  return { title: Object.hasOwn(trouble, refusal) ? trouble[refusal as keyof typeof trouble] : trouble.other, hint };
}
