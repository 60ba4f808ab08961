/** `npm run hub -- verify DIR`: a readable report on a database, which is only read. */
import type { Platform } from '@aufruf/engine/platform/platform';
import { MAX_PROBLEMS, verifyDatabase } from '@aufruf/engine/verify/verify-database';
import type { VerifyReport } from '@aufruf/engine/verify/verify-report';
import { ok, type Result } from '@aufruf/shared/lib/result';
import { counted } from './counted.ts';
import { findDatabase } from './find-database.ts';
import { withPrivateCopy } from './private-copy.ts';
import { refuseTool, type ToolRefusal } from './tool-refusal.ts';

export interface ToolResult {
  readonly lines: readonly string[];
  /** Whether all is well: exit code 0. */
  readonly isGood: boolean;
}

export async function verifyTool(
  place: string,
  platform: Pick<Platform, 'sha256'>,
  onProgress: (part: string) => void,
): Promise<Result<ToolResult, ToolRefusal>> {
  const database = findDatabase(place);
  if (!database.ok) return database;
  return withPrivateCopy(database.value, async ({ file, isOnline }) => {
    const report = verifyDatabase({ file, sha256: platform.sha256, onProgress });
    if (report === null) {
      return refuseTool(
        `${database.value} cannot be read as a database of this version of Aufruf: if a program's start does not mend it, restore a backup.`,
      );
    }
    const from = isOnline ? `${database.value} (as the hub, which is working, has just copied it)` : database.value;
    return ok({ lines: [from, ...reportLines(report)], isGood: report.problems.length === 0 });
  });
}

/** What was found, for a person. */
export function reportLines(report: VerifyReport): readonly string[] {
  const { device, incarnation, days, figuresOnly, problems } = report;
  return [
    `Database of ${device}, incarnation ${incarnation}`,
    journalsLine(report),
    ...days.map(dayLine),
    ...(figuresOnly === 0 ? [] : [`figures of ${counted(figuresOnly, 'older day')}, whose events are deleted`]),
    ...problems.map(({ check, what }) => `PROBLEM (${check}): ${what}`),
    ...(problems.length === MAX_PROBLEMS ? [`the first ${MAX_PROBLEMS} problems are listed`] : []),
    problems.length === 0
      ? 'All is well: file, journals, order and states.'
      : 'Not all is well. What to do: docs/operations/recovery.md, "A database is damaged".',
  ];
}

function journalsLine({ events, journals }: VerifyReport): string {
  // Damaged beyond being read.
  if (journals.length === 0) return counted(events, 'event');
  const own = journals.find(({ isOwn }) => isOwn);
  const forgotten = journals.filter(({ forgottenThrough }) => forgottenThrough > 0).length;
  const held = `${counted(events, 'event')} in ${counted(journals.length, 'journal')}; its own goes to ${own?.through ?? 0}`;
  return forgotten === 0 ? held : `${held}; ${forgotten} begin after deleted days`;
}

function dayLine({ day, rows, unordered, status, folds, late }: VerifyReport['days'][number]): string {
  const closed = {
    asRecorded: 'closed, folds to its recorded state',
    otherwise: 'closed, DOES NOT fold to its recorded state',
    otherwiseByOtherVersion: 'closed by another version, which counted its state otherwise',
  }[folds];
  const words = { open: 'open', closed, neverOpened: 'never opened' }[status];
  const more = [late > 0 ? `${late} late` : '', unordered > 0 ? `${unordered} not ordered` : ''].filter(Boolean);
  return `${day}  ${String(rows).padStart(6)} rows  ${words}${more.length === 0 ? '' : ` (${more.join(', ')})`}`;
}
