/**
 * Reads the snapshots of one office day out of a CSV file, packed with gzip or not, as a stream: the whole file is
 * checked line by line, only the wanted office's rows are kept.
 *
 * `date` may be the date as it stands in the file or the true one (`true-date.ts`): `2020-12-30` and `2019-12-30` find
 * the same day. Where both exist for an office, the date as it stands in the file wins.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { parseSnapshotLine, SNAPSHOT_COLUMNS, type Snapshot } from './snapshot-row.ts';
import { middleDate, trueDate } from './true-date.ts';

export interface OfficeDayRows {
  readonly office: string;
  readonly fileDate: string;
  readonly trueDate: string;
  /** In order of time; one row per queue and minute. */
  readonly rows: readonly Snapshot[];
}

export type ReadRefusal =
  | { readonly type: 'unreadable'; readonly detail: string }
  /** `line` counts from 1, the header included. */
  | { readonly type: 'badLine'; readonly line: number; readonly expected: string }
  | { readonly type: 'unknownOffice'; readonly offices: readonly string[] }
  /** Dates as in the file; `true` set where it differs. */
  | { readonly type: 'noSuchDate'; readonly dates: readonly { readonly file: string; readonly true: string }[] };

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const packed = await isGzip(file);
  const raw = createReadStream(file);
  const input = packed ? raw.pipe(createGunzip()) : raw;
  // Errors do not travel down a pipe by themselves, and readline does not report its input's: both end up here.
  let failure: unknown = null;
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const fail = (error: unknown) => {
    failure ??= error;
    lines.close();
  };
  raw.on('error', fail);
  input.on('error', fail);
  try {
    yield* lines;
  } finally {
    raw.destroy();
  }
  if (failure !== null) throw failure;
}

/** The day of `office` in `file`. Refusals name what the file offers instead. */
export async function readOfficeDay(
  file: string,
  office: string,
  date: string,
): Promise<Result<OfficeDayRows, ReadRefusal>> {
  const rowsByDate = new Map<string, number>();
  const offices = new Set<string>();
  const kept: Snapshot[] = [];
  let line = 0;
  try {
    for await (const text of linesOf(file)) {
      line += 1;
      if (line === 1) {
        if (text.replace(/^\uFEFF/, '') !== SNAPSHOT_COLUMNS.join(','))
          return refuse({ type: 'badLine', line, expected: `the header ${SNAPSHOT_COLUMNS.join(',')}` });
        continue;
      }
      if (text === '') continue;
      const parsed = parseSnapshotLine(text);
      if (!parsed.ok) return refuse({ type: 'badLine', line, expected: parsed.refusal.expected });
      const row = parsed.value;
      offices.add(row.office);
      rowsByDate.set(row.fileDate, (rowsByDate.get(row.fileDate) ?? 0) + 1);
      if (row.office === office) kept.push(row);
    }
  } catch (error) {
    return refuse({ type: 'unreadable', detail: error instanceof Error ? error.message : String(error) });
  }
  if (line === 0) return refuse({ type: 'badLine', line: 1, expected: `the header ${SNAPSHOT_COLUMNS.join(',')}` });
  if (!offices.has(office)) return refuse({ type: 'unknownOffice', offices: [...offices].sort() });

  const middle = middleDate(rowsByDate);
  const dates = [...new Set(kept.map((row) => row.fileDate))].sort();
  const fileDate = dates.find((each) => each === date) ?? dates.find((each) => trueDate(each, middle) === date);
  if (fileDate === undefined)
    return refuse({ type: 'noSuchDate', dates: dates.map((each) => ({ file: each, true: trueDate(each, middle) })) });
  const rows = kept.filter((row) => row.fileDate === fileDate).sort((a, b) => a.atMin - b.atMin);
  return { ok: true, value: { office, fileDate, trueDate: trueDate(fileDate, middle), rows } };
}
