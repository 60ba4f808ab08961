/** Announcements as records of DNS-SD (RFC 6763), and what is read out of the records of others. Pure. */
import { type Announcement, fromTxt, type Heard, toTxt } from '@aufruf/shared/protocol/discovery';
import type { ResponseOutgoingPacket } from 'multicast-dns';
import { z } from 'zod';
import { isLocalAddress } from './local-address.ts';

export type Records = Extract<ResponseOutgoingPacket['answers'], readonly unknown[]>;

export const SERVICE_TYPE = '_aufruf._tcp.local';
/** Where programs ask which types of services there are at all. */
const TYPES_OF_SERVICES = '_services._dns-sd._udp.local';
/** An announcement is good for so long, then whoever announced has gone without goodbye. Nobody is believed longer. */
export const TTL_S = 120;
/** Most records of one packet that are looked at; an announcement has five and an address or two. */
export const MAX_RECORDS = 64;
/** Most addresses of a machine that are announced, so that the largest announcement fits into one datagram. */
export const MAX_ADDRESSES = 4;

/** Names that belong to this journal alone, so nobody else answers for them: not even the operating system. */
const instanceOf = ({ role, incarnation }: Announcement): string => `${role}-${incarnation}.${SERVICE_TYPE}`;
const hostOf = ({ incarnation }: Announcement): string => `aufruf-${incarnation}.local`;

/** `ttlS` 0 says goodbye. */
export function toRecords(announcement: Announcement, addresses: readonly string[], ttlS = TTL_S): Records {
  const instance = instanceOf(announcement);
  const host = hostOf(announcement);
  const { port } = announcement;
  return [
    { name: TYPES_OF_SERVICES, type: 'PTR', ttl: ttlS, data: SERVICE_TYPE },
    { name: SERVICE_TYPE, type: 'PTR', ttl: ttlS, data: instance },
    { name: instance, type: 'SRV', ttl: ttlS, flush: true, data: { port, target: host } },
    { name: instance, type: 'TXT', ttl: ttlS, flush: true, data: toTxt(announcement) },
    ...addresses.slice(0, MAX_ADDRESSES).map((address) => {
      const type = address.includes(':') ? 'AAAA' : 'A';
      return { name: host, type, ttl: ttlS, flush: true, data: address } as const;
    }),
  ];
}

/** Whether a question is for one of the announcement's records. */
export function isAskedFor(announcement: Announcement, name: string): boolean {
  const names = [TYPES_OF_SERVICES, SERVICE_TYPE, instanceOf(announcement), hostOf(announcement)];
  return names.includes(name.toLowerCase());
}

const common = { name: z.string().toLowerCase(), ttl: z.int().min(0) };
const recordSchema = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('SRV'),
    data: z.object({ port: z.int().min(1).max(65_535), target: z.string().toLowerCase() }),
  }),
  z.object({ ...common, type: z.literal('TXT'), data: z.array(z.instanceof(Uint8Array)) }),
  z.object({ ...common, type: z.literal(['A', 'AAAA']), data: z.string().refine(isLocalAddress) }),
]);
type ReadRecord = z.infer<typeof recordSchema>;

export interface ServiceNews {
  /** By which a goodbye is matched. */
  readonly instance: string;
  /** Null: it is gone. */
  readonly heard: Heard | null;
  readonly ttlS: number;
}

/** What a packet says of services. `sender`: where it came from; of a machine's addresses that is the one that works. */
export function readServices(records: readonly unknown[], sender: string): ServiceNews[] {
  const read = records.slice(0, MAX_RECORDS).flatMap((record) => {
    const parsed = recordSchema.safeParse(record);
    return parsed.success ? [parsed.data] : [];
  });
  return read.flatMap((record): ServiceNews[] => {
    if (record.type !== 'SRV' || !record.name.endsWith(`.${SERVICE_TYPE}`)) return [];
    const { name: instance, ttl, data } = record;
    if (ttl === 0) return [{ instance, heard: null, ttlS: 0 }];
    const said = fromTxt(stringsOf(read, instance));
    const address = addressOf(read, data.target, sender);
    if (said === null || address === null) return [];
    const url = `http://${address.includes(':') ? `[${address}]` : address}:${data.port}`;
    return [{ instance, heard: { ...said, port: data.port, url }, ttlS: Math.min(ttl, TTL_S) }];
  });
}

function stringsOf(records: readonly ReadRecord[], instance: string): string[] {
  const txt = records.find((record) => record.type === 'TXT' && record.name === instance);
  return txt?.type === 'TXT' ? txt.data.map((bytes) => new TextDecoder().decode(bytes)) : [];
}

function addressOf(records: readonly ReadRecord[], host: string, sender: string): string | null {
  const addresses = records.flatMap((record) =>
    (record.type === 'A' || record.type === 'AAAA') && record.name === host ? [record.data] : [],
  );
  return addresses.includes(sender) ? sender : (addresses[0] ?? null);
}
