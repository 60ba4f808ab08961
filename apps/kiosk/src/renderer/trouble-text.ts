import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';

/** A refusal in words a citizen can act on; what only staff could understand is plain "that did not work". */
export const troubleText = (texts: KioskTexts, refusal: string): string =>
  Object.hasOwn(texts.trouble, refusal) ? texts.trouble[refusal as keyof KioskTexts['trouble']] : texts.trouble.other;
