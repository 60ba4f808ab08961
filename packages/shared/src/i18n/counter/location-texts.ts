/** The words of the location page: for supervisors, who see to machines but do not build them. */
import type { MachineRefusalType } from '../../bridge/machine-table.ts';
import type { HubFailure } from '../../takeover/own-hub-status.ts';
import type { RefusalText } from './refusal-text.ts';

export interface LocationTexts {
  /** The page, its button and its key. */
  readonly title: string;
  readonly connection: string;
  readonly state: string;
  readonly notSent: string;
  readonly allSent: string;
  readonly hub: string;
  readonly runsOn: string;
  readonly address: string;
  /** Where the configuration names no address, and the page comes from the hub. */
  readonly addressHere: string;
  readonly thisDevice: string;
  /** The hub's own machine, which is no counter and no kiosk. */
  readonly ownMachine: string;
  readonly relays: string;
  readonly relaysHint: string;
  readonly noRelays: string;
  readonly serving: string;
  /** Whether it could is not known. */
  readonly idle: string;
  readonly takeover: string;
  readonly offered: RefusalText;
  /** The button that asks first. */
  readonly begin: string;
  readonly starting: RefusalText;
  readonly refilling: RefusalText;
  done(since: string): RefusalText;
  readonly failedTitle: string;
  readonly failed: Readonly<Record<HubFailure, RefusalText>>;
  readonly refusals: Readonly<Record<MachineRefusalType, RefusalText>>;
  readonly confirm: {
    title(machine: string): string;
    /** What it does. */
    does(address: string): string;
    readonly cannotBeUndone: string;
    readonly firstTitle: string;
    /** What to see to before, one line each. */
    readonly first: readonly string[];
    readonly isOff: string;
    typeName(name: string): string;
    readonly answer: string;
  };
}
