import type { CommonTexts } from './texts.ts';

const counterWord = { desk: 'Platz', counter: 'Schalter', room: 'Zimmer' } as const;

export const de: CommonTexts = {
  counterWord,
  counterName: (word, label) => `${counterWord[word]} ${label}`,
};
