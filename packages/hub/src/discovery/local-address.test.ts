import { describe, expect, it } from 'vitest';
import { isLocalAddress } from './local-address.ts';

describe('isLocalAddress', () => {
  it.each([
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.7.20',
    '169.254.1.2',
    '127.0.0.1',
    '::1',
    'fd00::2',
    'fcff::1',
    '::ffff:10.0.0.1',
  ])('%s is within a building', (address) => expect(isLocalAddress(address)).toBe(true));

  it.each([
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.169.0.1',
    '8.8.8.8',
    '0.0.0.0',
    '224.0.0.251',
    '2001:db8::1',
    'fe80::1',
    'fd00::2%eth0',
    '::',
    '::ffff:8.8.8.8',
    'localhost',
    'hub.local',
    '10.0.0.1:80',
    '10.0.0.1@evil.example',
    '010.0.0.1',
    '',
  ])('Bad input: %j is not', (address) => expect(isLocalAddress(address)).toBe(false));
});
