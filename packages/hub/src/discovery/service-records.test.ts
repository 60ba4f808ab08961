import { type DeviceId, type LocationId, MAX_ID_LENGTH } from '@aufruf/shared/lib/ids';
import { mitte } from '@aufruf/shared/protocol/test/announcement';
import { describe, expect, it } from 'vitest';
import { heardAt } from './discovery.contract.ts';
import {
  isAskedFor,
  MAX_ADDRESSES,
  MAX_RECORDS,
  type Records,
  readServices,
  SERVICE_TYPE,
  TTL_S,
  toRecords,
} from './service-records.ts';

/** As they come out of a packet: texts of a TXT record as bytes. */
const received = (records: Records): readonly Readonly<Record<string, unknown>>[] =>
  records.map((record) => ({
    ...record,
    ...(record.type === 'TXT' && { data: [record.data].flat().map((text) => Buffer.from(text)) }),
  }));
const records = (addresses: readonly string[] = ['192.168.7.20'], ttlS?: number) =>
  received(toRecords(mitte, addresses, ttlS));
const instance = `hub-${mitte.incarnation}.${SERVICE_TYPE}`;
const urls = (given: readonly unknown[], sender = '192.168.7.20') =>
  readServices(given, sender).map(({ heard }) => heard?.url);
/** The announcement with other fields in its record of this type. */
const bent = (type: string, fields: object) =>
  records().map((record) => (record.type === type ? { ...record, ...fields } : record));

describe('records of a service', () => {
  it('are read as they were written', () => {
    expect(readServices(records(), '192.168.7.20')).toEqual([
      { instance, heard: { ...heardAt(mitte), url: 'http://192.168.7.20:4711' }, ttlS: TTL_S },
    ]);
    expect(readServices(records([], 0), '192.168.7.20')).toEqual([{ instance, heard: null, ttlS: 0 }]);
  });

  it('are read whatever their order and however they are spelt, beside records of others', () => {
    const shouted = records().map((record) => ({ ...record, name: String(record.name).toUpperCase() }));
    const printer = { name: 'printer.local', type: 'A', ttl: 120, data: '192.168.7.9' };
    expect(urls([printer, ...shouted.reverse(), { name: 'x', type: 'NSEC', data: {} }])).toEqual([
      'http://192.168.7.20:4711',
    ]);
  });

  it('of several addresses the sender’s counts; where it is none of them, the first', () => {
    const both = records(['10.0.0.5', '192.168.7.20', 'fd00::2']);
    expect(urls(both)).toEqual(['http://192.168.7.20:4711']);
    expect(urls(both, '10.9.9.9')).toEqual(['http://10.0.0.5:4711']);
    expect(urls(records(['fd00::2']))).toEqual(['http://[fd00::2]:4711']);
  });

  it('the largest announcement fits into one datagram of an Ethernet', async () => {
    const { default: packet } = await import('dns-packet');
    const longId = 'a'.repeat(MAX_ID_LENGTH);
    const name = { de: 'ü'.repeat(400), en: 'ü'.repeat(400) };
    const largest = { ...mitte, locationId: longId as LocationId, device: longId as DeviceId, name };
    const answers = toRecords({ ...largest, role: 'relay' }, Array(2 * MAX_ADDRESSES).fill('fd00::2'));
    expect(answers.filter(({ type }) => type === 'AAAA')).toHaveLength(MAX_ADDRESSES);
    expect(packet.encode({ type: 'response', answers }).length).toBeLessThanOrEqual(1_500 - 28);
  });

  it('are asked for by type, instance and host, and by nothing else', () => {
    for (const name of [SERVICE_TYPE, '_Aufruf._TCP.local', instance, '_services._dns-sd._udp.local'])
      expect(isAskedFor(mitte, name)).toBe(true);
    for (const name of ['', '_http._tcp.local', 'hub.local', `x${instance}`])
      expect(isAskedFor(mitte, name)).toBe(false);
  });

  it.each([
    ['an address of the Internet', bent('A', { data: '8.8.8.8' })],
    ['a name for an address', bent('A', { data: 'evil.example' })],
    ['no address', records([])],
    ['the address of another machine alone', bent('A', { name: 'other.local' })],
    ['port 0', bent('SRV', { data: { port: 0, target: `aufruf-${mitte.incarnation}.local` } })],
    ['port 65536', bent('SRV', { data: { port: 65_536, target: `aufruf-${mitte.incarnation}.local` } })],
    ['a service of another type', bent('SRV', { name: 'hub._http._tcp.local' })],
    ['data that are none', bent('SRV', { data: 'hub' })],
    ['no name', bent('SRV', { name: null })],
    ['a TXT record of another service', bent('TXT', { name: `other.${SERVICE_TYPE}` })],
    ['a TXT record of the wrong type', bent('TXT', { data: 'format=1' })],
    ['an empty TXT record', bent('TXT', { data: [] })],
    ['a TXT record that is no text', bent('TXT', { data: [Buffer.from([0xff, 0xfe, 0x00])] })],
    ['no records at all', []],
    ['nothing that is a record', [null, 7, 'SRV', {}, []]],
  ])('Bad input: %s is nobody', (_what, given) => {
    expect(readServices(given, '192.168.7.20')).toEqual([]);
  });

  it('Bad input: the first MAX_RECORDS records of a packet are looked at, and nobody is believed longer than TTL_S', () => {
    const own = records();
    const filler = (count: number) => Array.from({ length: count }, () => ({ name: 'x', type: 'A', ttl: 1, data: '' }));
    expect(urls([...filler(MAX_RECORDS - own.length), ...own])).toHaveLength(1);
    expect(urls([...filler(MAX_RECORDS - own.length + 1), ...own])).toEqual([]);
    expect(readServices(records(['10.0.0.5'], 99_999), '10.0.0.5')[0]?.ttlS).toBe(TTL_S);
  });
});
