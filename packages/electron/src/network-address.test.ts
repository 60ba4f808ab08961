import { expect, it } from 'vitest';
import { networkAddress } from './network-address.ts';

const at = (address: string, more: Partial<{ family: 'IPv4' | 'IPv6'; internal: boolean }> = {}) => ({
  family: 'IPv4' as const,
  internal: false,
  address,
  ...more,
});

it('is the first address that a phone could use', () => {
  const interfaces = {
    lo: [at('127.0.0.1', { internal: true })],
    none: undefined,
    wifi: [at('169.254.7.7'), at('fe80::1', { family: 'IPv6' })],
    eth0: [at('192.168.7.20')],
  };
  expect(networkAddress(interfaces)).toBe('192.168.7.20');
  expect(networkAddress({ lo: interfaces.lo, wifi: interfaces.wifi })).toBeNull();
});
