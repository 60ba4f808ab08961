/** Small JSON files in the app's data folder. Written whole or not at all; what cannot be read counts as absent. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import type { ShellLog } from '../shell-platform.ts';

/** Null where there is no such file, or none that fits; the latter is logged, and the file is left for a person to see. */
export function readJsonFile<S extends z.ZodType>(file: string, schema: S, log: ShellLog): z.infer<S> | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn('a file cannot be read', { file, error });
    return null;
  }
}

/** @throws when the disk refuses; then the older file is untouched */
export function writeJsonFile(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(fresh, file);
}
