import { networkInterfaces } from 'node:os';

/** This machine's addresses in its networks, as devices and browsers would type them. */
export function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}
