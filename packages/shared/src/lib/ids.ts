/**
 * Branded identifiers. A brand costs nothing at run time and keeps a counter id from being passed as a service id.
 * Random ids are made in `platform/` and arrive as arguments; nothing here draws one.
 */
import { z } from 'zod';

/** Longest identifier accepted anywhere, in characters. */
export const MAX_ID_LENGTH = 64;

/** Ids of things named in the configuration (`counter-7`, `id-card`): lower-case letters, digits, hyphens. */
const slug = z
  .string()
  .max(MAX_ID_LENGTH)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and single hyphens, like "id-card"');

/** Ids made at run time: 16 to 64 characters of a UUID or similar. */
const token = z
  .string()
  .min(16)
  .max(MAX_ID_LENGTH)
  .regex(/^[A-Za-z0-9-]+$/, 'expected 16 to 64 letters, digits or hyphens');

export const locationIdSchema = slug.brand<'LocationId'>();
export const areaIdSchema = slug.brand<'AreaId'>();
export const groupIdSchema = slug.brand<'GroupId'>();
export const serviceIdSchema = slug.brand<'ServiceId'>();
export const seriesIdSchema = slug.brand<'SeriesId'>();
export const counterIdSchema = slug.brand<'CounterId'>();
export const kioskIdSchema = slug.brand<'KioskId'>();
export const displayIdSchema = slug.brand<'DisplayId'>();
/** A device of the location: the hub, a kiosk, a display or a counter (`hub`, `kiosk-1`, `counter-7`). */
export const deviceIdSchema = slug.brand<'DeviceId'>();

/** 128 random bits as 32 hex digits, made with each new database file (rule J2). */
export const incarnationSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'expected 32 hex digits')
  .brand<'Incarnation'>();
/** Names one command for ever; a retry carries the same id (rule O6). Also the claim's id and the new visit's id. */
export const commandIdSchema = token.brand<'CommandId'>();
export const visitIdSchema = token.brand<'VisitId'>();
/** A clerk's sign-in at a counter: random, names no person. */
export const sessionIdSchema = token.brand<'SessionId'>();

export type LocationId = z.infer<typeof locationIdSchema>;
export type AreaId = z.infer<typeof areaIdSchema>;
export type GroupId = z.infer<typeof groupIdSchema>;
export type ServiceId = z.infer<typeof serviceIdSchema>;
export type SeriesId = z.infer<typeof seriesIdSchema>;
export type CounterId = z.infer<typeof counterIdSchema>;
export type KioskId = z.infer<typeof kioskIdSchema>;
export type DisplayId = z.infer<typeof displayIdSchema>;
export type DeviceId = z.infer<typeof deviceIdSchema>;
export type Incarnation = z.infer<typeof incarnationSchema>;
export type CommandId = z.infer<typeof commandIdSchema>;
export type VisitId = z.infer<typeof visitIdSchema>;
export type SessionId = z.infer<typeof sessionIdSchema>;
