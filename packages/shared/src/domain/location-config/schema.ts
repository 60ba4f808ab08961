/**
 * The configuration of one location, as an administrator writes it (JSON) and as it is published to all devices.
 * This schema checks shapes and ranges; `check-references.ts` checks that names refer to something.
 */
import { z } from 'zod';
import { languageSchema, localizedTextSchema } from '../../i18n/languages.ts';
import {
  areaIdSchema,
  counterIdSchema,
  deviceIdSchema,
  displayIdSchema,
  groupIdSchema,
  kioskIdSchema,
  locationIdSchema,
  seriesIdSchema,
  serviceIdSchema,
} from '../../lib/ids.ts';
import { localDateSchema, localTimeSchema } from '../../lib/time.ts';

/** Version of this format. A file of another version is refused. */
export const CONFIG_FORMAT = 1;

/** Long enough to look into a complaint, short enough that nothing gathers. */
const DEFAULT_RETENTION_DAYS = 30;

export const LIMITS = {
  areas: 20,
  seriesPerLocation: 26,
  groups: 20,
  services: 200,
  counters: 100,
  kiosks: 10,
  displays: 20,
  exceptions: 100,
  relays: 10,
  formerHubs: 4,
  bringHints: 12,
  /** Highest ticket number, so that a number stays sayable: four digits. */
  highestNumber: 9_999,
} as const;

const numberSpan = z.strictObject({
  first: z.int().min(1).max(LIMITS.highestNumber),
  last: z.int().min(1).max(LIMITS.highestNumber),
});

/** A number range (Nummernkreis): a letter and three disjoint spans of digits (rule N1). */
export const numberSeriesSchema = z.strictObject({
  id: seriesIdSchema,
  /** One capital letter; I, O and Q are left out because citizens read them as 1 and 0. */
  prefix: z.string().regex(/^[A-HJ-NPR-Z]$/, 'expected one capital letter other than I, O and Q'),
  /** Digits are padded with zeros to this length, 1 to 4. */
  digits: z.int().min(1).max(4),
  /** Numbers given by the hub. */
  main: numberSpan,
  /** Numbers that kiosks and relays give while the hub is away, shared out in blocks. */
  reserve: numberSpan,
  /** Numbers given by the hub once the main span is used up. */
  overflow: numberSpan,
});

export const serviceIconSchema = z.enum([
  'id-card',
  'passport',
  'pickup',
  'home',
  'certificate',
  'stamp',
  'residence',
  'car',
  'family',
  'business',
  'info',
]);

const serviceGroupSchema = z.strictObject({
  id: groupIdSchema,
  name: localizedTextSchema,
  icon: serviceIconSchema,
});

export const accessSchema = z.enum(['walkIn', 'appointment']);

const interval = z.strictObject({ from: localTimeSchema, to: localTimeSchema });
const weeklyHoursSchema = z.strictObject({
  mon: z.array(interval).max(4),
  tue: z.array(interval).max(4),
  wed: z.array(interval).max(4),
  thu: z.array(interval).max(4),
  fri: z.array(interval).max(4),
  sat: z.array(interval).max(4),
  sun: z.array(interval).max(4),
});
export const openingHoursSchema = z.strictObject({
  weekly: weeklyHoursSchema,
  /** Days that differ from the week: holidays (no intervals) or special hours. */
  exceptions: z
    .array(z.strictObject({ date: localDateSchema, intervals: z.array(interval).max(4), name: localizedTextSchema }))
    .max(LIMITS.exceptions),
});

export const serviceSchema = z.strictObject({
  id: serviceIdSchema,
  groupId: groupIdSchema,
  areaId: areaIdSchema,
  seriesId: seriesIdSchema,
  name: localizedTextSchema,
  /** What the citizen needs to have at hand, one hint a line. */
  bring: z.array(localizedTextSchema).max(LIMITS.bringHints),
  /** Usual service time in minutes, 1 to 240; the estimate starts from it. */
  durationMin: z.int().min(1).max(240),
  /** Who may come: walk-ins, visitors with an appointment, or both. */
  access: z.array(accessSchema).min(1).max(2),
  /** Most walk-in tickets a day; absent = no limit. */
  contingentPerDay: z.int().min(1).max(LIMITS.highestNumber).optional(),
  /** Hours of this service; absent = the location's. */
  openingHours: openingHoursSchema.optional(),
  /** Priority that every walk-in of this service has: 0 none, 1 first, 2 merged with appointments by time. */
  priority: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
});

export const counterSchema = z.strictObject({
  id: counterIdSchema,
  /** What stands at the door, 1 to 6 characters: `7`, `2.14`. */
  label: z.string().min(1).max(6),
  areaId: areaIdSchema,
  primaryServiceIds: z.array(serviceIdSchema).min(1).max(LIMITS.services),
  /** Served when nobody waits for a primary service. */
  fallbackServiceIds: z.array(serviceIdSchema).max(LIMITS.services),
  /** The supervisor's functions are offered here, too; absent = no. */
  supervisor: z.boolean().optional(),
});

export const kioskSchema = z.strictObject({
  id: kioskIdSchema,
  name: localizedTextSchema,
  /** Areas whose services this kiosk offers. */
  areaIds: z.array(areaIdSchema).min(1).max(LIMITS.areas),
});

const displaySchema = z.strictObject({
  id: displayIdSchema,
  name: localizedTextSchema,
  /** Areas whose calls this display shows. */
  areaIds: z.array(areaIdSchema).min(1).max(LIMITS.areas),
});

/** The calling policy (Aufrufregel). All spans in whole minutes. Source of the defaults: PRODUCT rules, "Calling order". */
export const callingPolicySchema = z.strictObject({
  /** An appointment may be called this long before its time, 0 to 60. */
  appointmentEarlyMin: z.int().min(0).max(60).default(2),
  /** An appointment that checks in later than this after its time queues like a walk-in, 0 to 240. */
  appointmentLateMin: z.int().min(0).max(240).default(15),
  /** A walk-in that has waited this long is placed with the appointments by time, so that nobody starves, 5 to 480. */
  agingAfterMin: z.int().min(5).max(480).default(45),
  /** Next never picks a number called less than this ago, 1 to 30. */
  pauseBetweenCallsMin: z.int().min(1).max(30).default(5),
  /** The visit becomes missed after so many unanswered calls, 1 to 10. */
  callsBeforeMissed: z.int().min(1).max(10).default(3),
  /** Of how many calls in a row at least one is a walk-in's while both wait; 0 = no ratio, up to 10. */
  walkInAtLeastEvery: z.int().min(0).max(10).default(0),
});

const deviceAddressSchema = z.url({ protocol: /^https?$/ }).max(200);

/** Who orders, and who stands in for it (rule O2). */
const syncSchema = z.strictObject({
  /** Where the hub is reached; absent = the address each device was set up with. */
  hub: deviceAddressSchema.optional(),
  /** On whose machine the hub runs, once a device's machine has taken over (M5); absent = one of its own. */
  hubDevice: deviceIdSchema.optional(),
  /** Kiosks and counters that serve the others while the hub is silent: the first one reachable does. */
  relays: z
    .array(z.strictObject({ device: deviceIdSchema, address: deviceAddressSchema }))
    .max(LIMITS.relays)
    .default([]),
  /** Where the hub was before it moved, the last one first, but for relays' addresses: whoever looks for it looks there too (M5). */
  formerHubs: z.array(deviceAddressSchema).max(LIMITS.formerHubs).optional(),
});

export const locationConfigSchema = z.strictObject({
  $schema: z.string().max(200).optional(),
  format: z.literal(CONFIG_FORMAT),
  /** Rises with each published configuration. */
  version: z.int().min(1).max(1_000_000_000),
  id: locationIdSchema,
  name: localizedTextSchema,
  /** IANA time zone; the business day is a day there. */
  timeZone: z.string().min(1).max(64),
  languages: z.array(languageSchema).min(1),
  /** The word for a counter at this location: Platz, Schalter or Zimmer. */
  counterWord: z.enum(['desk', 'counter', 'room']).default('counter'),
  /** Address under which a phone reaches this location's ticket page; absent = the address the kiosk was opened with. */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .optional(),
  areas: z
    .array(z.strictObject({ id: areaIdSchema, name: localizedTextSchema }))
    .min(1)
    .max(LIMITS.areas),
  series: z.array(numberSeriesSchema).min(1).max(LIMITS.seriesPerLocation),
  groups: z.array(serviceGroupSchema).min(1).max(LIMITS.groups),
  services: z.array(serviceSchema).min(1).max(LIMITS.services),
  counters: z.array(counterSchema).min(1).max(LIMITS.counters),
  kiosks: z.array(kioskSchema).max(LIMITS.kiosks),
  displays: z.array(displaySchema).max(LIMITS.displays),
  openingHours: openingHoursSchema,
  callingPolicy: callingPolicySchema.prefault({}),
  /** So many closed days are kept with all their events, 1 to 3650; of older ones only the figures (D2). */
  retentionDays: z.int().min(1).max(3_650).default(DEFAULT_RETENTION_DAYS),
  /** Absent = no relays. */
  sync: syncSchema.optional(),
});

export type LocationConfig = z.infer<typeof locationConfigSchema>;
export type NumberSeries = z.infer<typeof numberSeriesSchema>;
export type Service = z.infer<typeof serviceSchema>;
export type Counter = z.infer<typeof counterSchema>;
export type Kiosk = z.infer<typeof kioskSchema>;
export type OpeningHours = z.infer<typeof openingHoursSchema>;
export type CallingPolicy = z.infer<typeof callingPolicySchema>;
export type Access = z.infer<typeof accessSchema>;
