/**
 * What hubs and serving relays make known of themselves in their network, by DNS-SD over mDNS, and what devices make of
 * it. Anybody in the network can say anything there, so all of this is a hint: at the set-up a person chooses, and a
 * running device believes its configuration first (engine/sync/whereabouts.ts).
 */
import { z } from 'zod';
import { LANGUAGES, type Language } from '../i18n/languages.ts';
import { deviceIdSchema, incarnationSchema, locationIdSchema } from '../lib/ids.ts';
import { utf8Length } from '../lib/utf8-length.ts';

const DISCOVERY_FORMAT = '1';
/**
 * Most bytes of a location's name in one language: a `key=value` of a TXT record has 255 at most (RFC 6763, 6.1), and with all
 * languages an announcement fits into one datagram.
 */
export const MAX_ANNOUNCED_NAME_BYTES = 200;
/** Most strings of a TXT record that are looked at; an announcement has fewer, a later version may have more. */
export const MAX_TXT_STRINGS = 32;
const CUT = '…';

const name = z.string().min(1).max(MAX_ANNOUNCED_NAME_BYTES);

const announcementSchema = z.object({
  format: z.literal(DISCOVERY_FORMAT),
  /** `relay`: one that serves its island at the moment (M2). */
  role: z.enum(['hub', 'relay']),
  locationId: locationIdSchema,
  /** Whose journal it writes, so that a device knows again who it has met before (J2). */
  device: deviceIdSchema,
  incarnation: incarnationSchema,
  name: z.strictObject({ de: name, en: name } satisfies Record<Language, z.ZodString>),
});
export type Announcement = Omit<z.infer<typeof announcementSchema>, 'format'> & {
  /** Where it serves devices. */
  readonly port: number;
};

/** Somebody who has been heard, at `http://address:port`. */
export type Heard = Announcement & { readonly url: string };

export interface Discovery {
  /** Makes it known, at these addresses of this machine; asked for each time. Returns how to say goodbye. */
  announce(announcement: Announcement, addresses: () => readonly string[]): () => void;
  /** Tells all who are heard, with each change, a number of them at most. Returns how to stop. */
  browse(onHeard: (heard: readonly Heard[]) => void): () => void;
}

/** As strings of a TXT record. A name that is too long for one is cut. */
export function toTxt({ role, locationId, device, incarnation, name }: Announcement): string[] {
  return [
    `format=${DISCOVERY_FORMAT}`,
    `role=${role}`,
    `location=${locationId}`,
    `device=${device}`,
    `incarnation=${incarnation}`,
    ...LANGUAGES.map((language) => `name-${language}=${shortened(name[language])}`),
  ];
}

/** Null where it is no announcement of this format. Unknown strings are skipped; of two with one key the first counts. */
export function fromTxt(strings: readonly string[]): Omit<Announcement, 'port'> | null {
  const values = new Map<string, string>();
  for (const string of strings.slice(0, MAX_TXT_STRINGS)) {
    const [, key, value] = /^([a-z-]+)=(.*)$/s.exec(string) ?? [];
    if (key !== undefined && value !== undefined && !values.has(key)) values.set(key, value);
  }
  const parsed = announcementSchema.safeParse({
    format: values.get('format'),
    role: values.get('role'),
    locationId: values.get('location'),
    device: values.get('device'),
    incarnation: values.get('incarnation'),
    name: Object.fromEntries(LANGUAGES.map((language) => [language, values.get(`name-${language}`)])),
  });
  if (!parsed.success) return null;
  const { format: _, ...announcement } = parsed.data;
  return announcement;
}

/** Cut between two characters. */
function shortened(text: string): string {
  if (utf8Length(text) <= MAX_ANNOUNCED_NAME_BYTES) return text;
  let kept = '';
  for (const character of text) {
    if (utf8Length(kept + character + CUT) > MAX_ANNOUNCED_NAME_BYTES) break;
    kept += character;
  }
  return kept + CUT;
}
