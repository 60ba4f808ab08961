import type { CommonTexts } from './texts.ts';

const counterWord = { desk: 'Desk', counter: 'Counter', room: 'Room' } as const;

export const en: CommonTexts = {
  counterWord,
  counterName: (word, label) => `${counterWord[word]} ${label}`,
};
