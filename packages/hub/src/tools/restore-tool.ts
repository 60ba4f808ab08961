/**
 * `npm run hub -- restore FILE DIR`: makes a backup the database of a hub. Into an empty folder only, and as a new
 * incarnation (J2): the disk that the backup came from has lived on, and must not be continued as if it were this one.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '@aufruf/engine/platform/platform';
import { beginAnew } from '@aufruf/engine/store/begin-anew';
import { verifyDatabase } from '@aufruf/engine/verify/verify-database';
import { ok, type Result } from '@aufruf/shared/lib/result';
import { makeWritable } from '../make-writable.ts';
import { DATABASE } from './copy-request.ts';
import { counted } from './counted.ts';
import { withPrivateCopy } from './private-copy.ts';
import { putInPlace } from './put-in-place.ts';
import { refuseTool, type ToolRefusal } from './tool-refusal.ts';
import { reportLines, type ToolResult } from './verify-tool.ts';

export async function restoreTool(
  file: string,
  folder: string,
  platform: Pick<Platform, 'sha256' | 'newIncarnation'>,
  onProgress: (part: string) => void,
): Promise<Result<ToolResult, ToolRefusal>> {
  if (!existsSync(file) || statSync(file).isDirectory()) {
    return refuseTool(`${file} is not a file: name a backup, as "backup" or --backup-dir has made it.`);
  }
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)) {
    return refuseTool(
      `${folder} is not an empty folder: a restored database is never put over another one. Name a new folder, or move what is there aside first.`,
    );
  }
  return withPrivateCopy(file, async (copy) => {
    const report = verifyDatabase({ file: copy.file, sha256: platform.sha256, onProgress });
    if (report === null) return refuseTool(`${file} is no backup of a hub that this version of Aufruf can read.`);
    if (report.device !== 'hub') {
      return refuseTool(
        `${file} is the database of ${report.device}: a device is not restored, it fetches everything from its hub.`,
      );
    }
    if (report.problems.length > 0) {
      return refuseTool([`${file} is damaged: restore an older backup.`, ...reportLines(report)].join('\n'));
    }
    beginAnew(copy.file, platform.newIncarnation());
    const problem = makeWritable(folder);
    if (problem !== null) return refuseTool(`The folder ${folder} ${problem}: name another one.`);
    const refusal = putInPlace(copy.file, join(folder, DATABASE));
    if (refusal !== null) return refuseTool(refusal);
    const last = report.days.at(-1);
    return ok({
      lines: [
        `${folder} holds ${counted(report.events, 'event')}, ${counted(report.daysHeld, 'day')}${last === undefined ? '' : `, the last ${last.day}`}.`,
        `Start the hub with it: npm run hub -- --location FILE --data ${folder}`,
        'What happened after the backup comes back from the devices that lived through it.',
      ],
      isGood: true,
    });
  });
}
