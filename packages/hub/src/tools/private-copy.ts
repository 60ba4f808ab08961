/**
 * A copy of a database to look into, so that the original is read and never written: from the files, where nobody works
 * with them, else from the running hub itself. The copy lies in a folder of its own and is removed afterwards.
 */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { isInUse } from '@aufruf/engine/store/sqlite-connection';
import type { Result } from '@aufruf/shared/lib/result';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { pause } from '../platform/pause.ts';
import { copyRequest, DATABASE } from './copy-request.ts';
import { refuseTool, type ToolRefusal } from './tool-refusal.ts';

/** A running hub looks for requests every second; one that has not for so long hangs. */
const PICK_UP_MS = 10 * SECOND_MS;
const POLL_MS = SECOND_MS / 5;

export interface PrivateCopy {
  readonly file: string;
  /** Whether it was taken from a hub at work. */
  readonly isOnline: boolean;
}

export async function withPrivateCopy<T>(
  database: string,
  work: (copy: PrivateCopy) => Promise<Result<T, ToolRefusal>>,
): Promise<Result<T, ToolRefusal>> {
  let folder: string | null = null;
  try {
    if (isInUse(database)) return await withOnlineCopy(database, work);
    folder = mkdtempSync(join(tmpdir(), 'aufruf-'));
    const file = join(folder, basename(database));
    for (const companion of ['', '-wal']) {
      if (existsSync(database + companion)) copyFileSync(database + companion, file + companion);
    }
    // Copied while somebody began to work, the two files may not belong together.
    if (isInUse(database)) return refuseTool(`${basename(database)} has just been opened by a program: try again.`);
    return await work({ file, isOnline: false });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') {
      return refuseTool(`${tmpdir()} has no room for a copy of ${database}: set TMPDIR to a folder that has.`);
    }
    if (code === 'EACCES' || code === 'EPERM') {
      return refuseTool(`${database} cannot be read or copied (${message}): run this as the user whose hub it is.`);
    }
    throw error;
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}

async function withOnlineCopy<T>(
  database: string,
  work: (copy: PrivateCopy) => Promise<Result<T, ToolRefusal>>,
): Promise<Result<T, ToolRefusal>> {
  if (basename(database) !== DATABASE) {
    return refuseTool(`An app is working with ${database}: end it first, only a hub can be copied while it works.`);
  }
  const { wanted, copy, failed, partial } = copyRequest(dirname(database), createNodePlatform().newIncarnation());
  const until = async (condition: () => boolean, polls = Number.POSITIVE_INFINITY): Promise<boolean> => {
    for (let poll = 0; poll < polls && !condition(); poll += 1) {
      await pause(POLL_MS);
    }
    return condition();
  };
  writeFileSync(wanted, '');
  try {
    if (!(await until(() => !existsSync(wanted), PICK_UP_MS / POLL_MS))) {
      return refuseTool(
        `The hub that works with ${dirname(database)} does not answer: look into its log, or stop it and try again.`,
      );
    }
    await until(() => existsSync(copy) || existsSync(failed) || (!existsSync(partial) && !isInUse(database)));
    if (existsSync(failed)) return refuseTool(`The hub could not make a copy: ${readFileSync(failed, 'utf8')}`);
    if (!existsSync(copy)) return refuseTool('The hub was stopped before the copy was whole: try again.');
    return await work({ file: copy, isOnline: true });
  } finally {
    for (const file of [wanted, copy, failed]) rmSync(file, { force: true });
    for (const companion of ['-wal', '-shm']) rmSync(copy + companion, { force: true });
  }
}
