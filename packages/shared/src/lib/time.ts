/** Time as values. No clock is read here: `now` always arrives as an argument. */
import { z } from 'zod';

/** Milliseconds since 1970-01-01T00:00:00Z, a whole number. */
export type EpochMs = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

export const epochMsSchema = z.int().min(0).max(8_640_000_000_000_000);

/** A calendar day in the location's time zone, `YYYY-MM-DD`: the business day. */
export const localDateSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'expected a date like 2026-03-29')
  .brand<'LocalDate'>();
export type LocalDate = z.infer<typeof localDateSchema>;

/** A wall-clock time of day, `HH:MM`, `00:00` to `24:00`. */
export const localTimeSchema = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected a time like 07:30')
  .brand<'LocalTime'>();
export type LocalTime = z.infer<typeof localTimeSchema>;
