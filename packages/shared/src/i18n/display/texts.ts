/** Words on the call display, and the words it speaks. */
export interface DisplayTexts {
  readonly number: string;
  readonly goTo: string;
  readonly next: string;
  readonly inService: string;
  readonly waiting: string;
  readonly noCalls: string;
  readonly noCallsHint: string;
  readonly closed: string;
  readonly closedHint: string;
  readonly starting: string;
  /** The display lost the hub: what a citizen should do. */
  readonly cutOff: string;
  readonly cutOffHint: string;
  readonly unknownDisplay: string;
  readonly unknownDisplayHint: string;
  readonly enableSound: string;
  /** Spoken: number and place, after the gong. */
  announcement(number: string, place: string): string;
  /** "page 1 of 2", when more calls stand than fit. */
  page(current: number, of: number): string;
}
