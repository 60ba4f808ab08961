/** Why something is not done, for whoever wanted it. */
export interface RefusalText {
  /** What happened. */
  readonly what: string;
  /** What to do now. */
  readonly how: string;
}
