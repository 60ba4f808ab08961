/** `npm run hub -- backup DIR TO`: a copy of the database, verified by opening it (S4), while the hub works or not. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Platform } from '@aufruf/engine/platform/platform';
import { verifyDatabase } from '@aufruf/engine/verify/verify-database';
import { ok, type Result } from '@aufruf/shared/lib/result';
import { backupName } from './backup-name.ts';
import { counted } from './counted.ts';
import { findDatabase } from './find-database.ts';
import { withPrivateCopy } from './private-copy.ts';
import { putInPlace } from './put-in-place.ts';
import { refuseTool, type ToolRefusal } from './tool-refusal.ts';
import { reportLines, type ToolResult } from './verify-tool.ts';

export async function backupTool(
  place: string,
  to: string,
  platform: Pick<Platform, 'sha256' | 'now'>,
): Promise<Result<ToolResult, ToolRefusal>> {
  const database = findDatabase(place);
  if (!database.ok) return database;
  if (!existsSync(to) && !existsSync(dirname(to)))
    return refuseTool(`There is no folder ${dirname(to)}: make it first.`);
  const isFolder = existsSync(to) && statSync(to).isDirectory();
  const target = isFolder ? join(to, backupName(platform.now())) : to;
  if (existsSync(target)) return refuseTool(`${target} exists already: a backup never overwrites anything.`);
  return withPrivateCopy(database.value, async ({ file, isOnline }) => {
    const report = verifyDatabase({ file, sha256: platform.sha256, depth: 'structure' });
    if (report === null || report.problems.length > 0) {
      const why = report === null ? [] : reportLines(report).filter((line) => line.startsWith('PROBLEM'));
      return refuseTool(
        [`${database.value} is damaged, and so would be its backup. Keep the older ones; see "verify".`, ...why].join(
          '\n',
        ),
      );
    }
    const refusal = putInPlace(file, target);
    if (refusal !== null) return refuseTool(refusal);
    const megabytes = (statSync(target).size / 1e6).toFixed(1);
    return ok({
      lines: [
        `${target}: ${megabytes} MB, ${counted(report.events, 'event')}, ${counted(report.daysHeld, 'day')}${isOnline ? ', copied while the hub works' : ''}.`,
        'It opens and its structure is sound. To check every event: npm run hub -- verify FILE',
      ],
      isGood: true,
    });
  });
}
