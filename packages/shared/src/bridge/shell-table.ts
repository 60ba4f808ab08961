/**
 * What a page may ask of the desktop window around it, and what it may watch there: the device's set-up and the
 * window's form. Nothing of the day; that is the bridge's (command-table.ts, topic-table.ts).
 */
import { z } from 'zod';
import type { LocalizedText } from '../i18n/languages.ts';
import { MAX_ID_LENGTH } from '../lib/ids.ts';
import type { Result } from '../lib/result.ts';

/** The apps, by the kind of station each is. */
export const STATION_KINDS = ['kiosk', 'display', 'counter'] as const;
export type StationKind = (typeof STATION_KINDS)[number];

/** Longest address of a hub that is read, in characters. */
export const MAX_ADDRESS_LENGTH = 200;

/** A call is one of these, checked once, by the shell. */
export const shellCallSchema = z.discriminatedUnion('name', [
  /** Asks the hub at this address which stations there are, and goes on asking until it answers or another is named. */
  z.strictObject({ name: z.literal('findHub'), address: z.string().max(MAX_ADDRESS_LENGTH) }),
  /** Keeps the hub found last and this station of it, and starts the app with them. */
  z.strictObject({ name: z.literal('saveSetup'), stationId: z.string().max(MAX_ID_LENGTH) }),
  /** Back to the app, everything as it was. */
  z.strictObject({ name: z.literal('leaveSetup') }),
  z.strictObject({ name: z.literal('openSetup') }),
  /** Small bar on top of other programs, and back to the window. */
  z.strictObject({ name: z.literal('toggleBar') }),
  z.strictObject({ name: z.literal('quit') }),
]);
export type ShellCall = z.infer<typeof shellCallSchema>;

/**
 * `badAddress`: no address of a hub. `unknownStation`: the hub has no such one. `notReady`: no hub was found yet, or
 * there is nothing to go back to. `notHere`: this window has no such form. `notSaved`: the disk refused.
 */
export type ShellRefusal = {
  readonly type: 'malformed' | 'badAddress' | 'unknownStation' | 'notReady' | 'notHere' | 'notSaved';
  readonly detail?: string;
};
export type ShellAnswer = Result<null, ShellRefusal>;

/** Which station this device is, and under which address phones reach the hub's pages. */
export interface WelcomeValue {
  readonly station: string;
  readonly hubUrl: string;
}

/** A hub that has been found, on the network or by its address. */
export interface FoundHub {
  readonly hubUrl: string;
  readonly location: LocalizedText;
}

export interface StationChoice {
  readonly id: string;
  readonly name: LocalizedText;
}

/** How far the search for a hub is. All but `none` and `found` go on by themselves. */
export type HubSearch =
  | { readonly state: 'none' }
  | { readonly state: 'asking'; readonly hubUrl: string }
  /** `noAnswer`: nobody there. `noHub`: somebody else is there. `starting`: a hub that is not ready yet. */
  | { readonly state: 'failing'; readonly hubUrl: string; readonly reason: 'noAnswer' | 'noHub' | 'starting' }
  | ({ readonly state: 'found'; readonly stations: readonly StationChoice[] } & FoundHub);

export interface SetupValue {
  readonly app: StationKind;
  /** What holds now; null before the first set-up. */
  readonly hubUrl: string | null;
  readonly stationId: string | null;
  readonly search: HubSearch;
  /** Hubs that made themselves known on the network. */
  readonly nearby: readonly FoundHub[];
}

export interface WindowValue {
  readonly form: 'window' | 'bar';
  readonly canBeBar: boolean;
}

/** The shell's topics, none of which takes parameters. `welcome` is null until the device's own data are open. */
export interface ShellTopics {
  readonly welcome: WelcomeValue | null;
  readonly setup: SetupValue;
  readonly window: WindowValue;
}
export type ShellTopicName = keyof ShellTopics;
export const SHELL_TOPICS = ['welcome', 'setup', 'window'] as const satisfies readonly ShellTopicName[];
