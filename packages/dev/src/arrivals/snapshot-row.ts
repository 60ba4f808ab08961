/** One line of the Warsaw snapshots: what one queue of one office reported at one minute. */

import { type Result, refuse } from '@aufruf/shared/lib/result';
import { localDateSchema } from '@aufruf/shared/lib/time';
import { z } from 'zod';
import { splitCsvLine } from './csv-line.ts';

export const SNAPSHOT_COLUMNS = [
  'date',
  'time',
  'office',
  'queue_id',
  'queue_open',
  'configured_service_min',
  'open_counters',
  'waiting',
  'current_number',
] as const;

const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `expected a whole number from 0 to ${max}`)
    .transform(Number)
    .refine((value) => value <= max, `expected a whole number from 0 to ${max}`);

const snapshotRowSchema = z.strictObject({
  date: localDateSchema,
  /** Minutes since local midnight. */
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time like 08:05')
    .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))),
  office: z.string().regex(/^[A-Za-z0-9_]{1,64}$/, 'expected an office name like UD_Wola'),
  queue_id: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/, 'expected a queue id'),
  queue_open: z.string().regex(/^([01](\.0)?)?$/, 'expected 0, 1 or nothing'),
  configured_service_min: whole(1_440),
  open_counters: whole(999),
  waiting: whole(9_999),
  current_number: z
    .string()
    .regex(/^([A-Za-z]{0,3}\d{1,5})?$/, 'expected a ticket number like D067, or nothing before the first call')
    .transform((text) =>
      text === '' ? null : { letter: text.replace(/\d+$/, ''), value: Number(/\d+$/.exec(text)?.[0]) },
    ),
});

export interface Snapshot {
  readonly fileDate: string;
  /** Minutes since local midnight. */
  readonly atMin: number;
  readonly office: string;
  readonly queueId: string;
  /** Minutes the office's own system assumes for one service; 0 = unknown. */
  readonly configuredServiceMin: number;
  readonly openCounters: number;
  readonly waiting: number;
  /** The number called last; null before the first call. */
  readonly called: { readonly letter: string; readonly value: number } | null;
}

/** Reads one data line. Refuses with what was expected, naming the column. */
export function parseSnapshotLine(line: string): Result<Snapshot, { type: 'badLine'; expected: string }> {
  const fields = splitCsvLine(line);
  if (fields?.length !== SNAPSHOT_COLUMNS.length)
    return refuse({ type: 'badLine', expected: `${SNAPSHOT_COLUMNS.length} columns: ${SNAPSHOT_COLUMNS.join(',')}` });
  const parsed = snapshotRowSchema.safeParse(
    Object.fromEntries(SNAPSHOT_COLUMNS.map((column, index) => [column, fields[index]])),
  );
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse({
      type: 'badLine',
      expected: `${issue?.path.join('.') ?? 'line'}: ${issue?.message ?? 'a valid row'}`,
    });
  }
  const row = parsed.data;
  return {
    ok: true,
    value: {
      fileDate: row.date,
      atMin: row.time,
      office: row.office,
      queueId: row.queue_id,
      configuredServiceMin: row.configured_service_min,
      openCounters: row.open_counters,
      waiting: row.waiting,
      called: row.current_number,
    },
  };
}
