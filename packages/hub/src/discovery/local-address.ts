import { BlockList, isIP } from 'node:net';

/**
 * Networks within a building: private, loopback, and what a machine gives itself where nobody else does. Not fe80::/10:
 * such an address says nothing without the name of the interface, which differs from machine to machine.
 */
const LOCAL = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const)
  LOCAL.addSubnet(network, prefix, 'ipv4');
LOCAL.addSubnet('fc00::', 7, 'ipv6');
LOCAL.addAddress('::1', 'ipv6');

/** Whether this is an address, no name, of a network within a building: nobody is led out to the Internet. */
export function isLocalAddress(text: string): boolean {
  const version = isIP(text);
  return version !== 0 && !text.includes('%') && LOCAL.check(text, version === 4 ? 'ipv4' : 'ipv6');
}
