/** What `npm start` prints. */

import { isOpenAt, opensNext } from '@aufruf/shared/domain/location-config/opening-hours';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { EpochMs } from '@aufruf/shared/lib/time';

export interface StartFacts {
  readonly config: LocationConfig;
  readonly now: EpochMs;
  readonly port: number;
  /** Address the hub listens on. */
  readonly host: string;
  /** This machine's addresses in the network. */
  readonly networkAddresses: readonly string[];
  readonly dataFolder: string;
  readonly openAllDay: boolean;
}

/** Name and port of the hub for this machine's browser. */
export const localUrl = ({ host, port }: Pick<StartFacts, 'host' | 'port'>): string =>
  `http://${isAny(host) || host === '127.0.0.1' ? 'localhost' : bracketed(host)}:${port}`;

export function startText(facts: StartFacts): string {
  const { config, host, port, dataFolder } = facts;
  const url = localUrl(facts);
  const lines = [
    `${config.name.en} is running:`,
    `  kiosk    ${url}/kiosk`,
    `  display  ${url}/display`,
    `  counter  ${url}/counter`,
    ...(isAny(host) ? facts.networkAddresses.map((address) => `  network  http://${bracketed(address)}:${port}/`) : []),
    ...closedLines(facts),
    `Data: ${dataFolder}`,
    'Stop with Ctrl-C.',
  ];
  return `${lines.join('\n')}\n`;
}

function closedLines({ config, now, openAllDay }: StartFacts): string[] {
  const { openingHours, timeZone } = config;
  if (openAllDay) return ['Opening hours are ignored (--open-hours).'];
  if (isOpenAt(openingHours, timeZone, now)) return [];
  const next = opensNext(openingHours, timeZone, now);
  const opens = next === null ? '' : ` and opens on ${next.date} at ${next.time}`;
  return [`The location is closed now${opens}. To try it all the same: npm start -- --open-hours`];
}

const isAny = (host: string): boolean => host === '0.0.0.0' || host === '::';
const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address);
