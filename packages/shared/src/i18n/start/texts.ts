/** Words of the page at the hub's bare address, for whoever sets a location up. */
export interface StartTexts {
  readonly choose: string;
  readonly kiosk: string;
  readonly display: string;
  readonly counter: string;
  /** Stands before the link to the new address. */
  readonly moved: string;
}
