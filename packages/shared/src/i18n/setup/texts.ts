/** Words of a device's set-up and of the desktop window's menu. For staff, not for citizens. */
export interface SetupTexts {
  readonly title: Readonly<Record<'kiosk' | 'display' | 'counter', string>>;
  readonly intro: string;
  readonly address: string;
  readonly addressHint: string;
  readonly search: string;
  readonly nearby: string;
  readonly badAddress: string;
  asking(address: string): string;
  /** Nobody answers at the address; it is asked again by itself. */
  noAnswer(address: string): string;
  readonly noAnswerHint: string;
  /** Something answers that is no hub. */
  noHub(address: string): string;
  readonly noHubHint: string;
  readonly starting: string;
  found(location: string): string;
  readonly station: Readonly<Record<'kiosk' | 'display' | 'counter', string>>;
  readonly noStations: Readonly<Record<'kiosk' | 'display' | 'counter', string>>;
  readonly chooseFirst: string;
  readonly save: string;
  readonly notSaved: string;
  readonly goneStation: string;
  readonly leave: string;
  readonly quit: string;
  readonly onlyDesktop: string;
  readonly menu: Readonly<Record<'edit' | 'view' | 'bar' | 'toBar' | 'toWindow' | 'device' | 'setup', string>>;
}
