import type { NetworkInterfaceInfo } from 'node:os';

/** This machine's address in its network, as a phone in the same network would use it; null where it has none. */
export function networkAddress(
  interfaces: Readonly<
    Record<string, readonly Pick<NetworkInterfaceInfo, 'family' | 'internal' | 'address'>[] | undefined>
  >,
): string | null {
  const all = Object.values(interfaces).flatMap((addresses) => addresses ?? []);
  // 169.254: the machine has not been given an address, and nobody will find it there.
  const usable = all.filter(
    ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
  );
  return usable[0]?.address ?? null;
}
