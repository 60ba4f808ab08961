/** Words that more than one app uses. */
export interface CommonTexts {
  readonly counterWord: Readonly<Record<'desk' | 'counter' | 'room', string>>;
  /** The word for a counter, chosen per location, with its label: "Platz 7". */
  counterName(word: 'desk' | 'counter' | 'room', label: string): string;
}
