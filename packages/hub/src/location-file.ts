/** Reads the location's configuration from its file. Whatever is wrong with it is said in one line each. */
import { readFileSync } from 'node:fs';
import { parseLocationConfig } from '@aufruf/shared/domain/location-config/parse-config';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { type Result, refuse } from '@aufruf/shared/lib/result';

export interface BadLocationFile {
  readonly type: 'badLocationFile';
  /** One line for each mistake: the file, the path in it, what was expected there. */
  readonly lines: readonly string[];
}

/** Largest file read, in bytes, before anything is parsed. */
export const MAX_LOCATION_FILE_BYTES = 1024 * 1024;

export function readLocationFile(file: string): Result<LocationConfig, BadLocationFile> {
  const bad = (...lines: string[]): Result<never, BadLocationFile> => refuse({ type: 'badLocationFile', lines });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
    return bad(`The location file ${file} ${why}: name a configuration file with --location.`);
  }
  if (Buffer.byteLength(text) > MAX_LOCATION_FILE_BYTES) {
    return bad(`The location file ${file} is too large: at most ${MAX_LOCATION_FILE_BYTES} bytes are read.`);
  }
  let json: unknown;
  try {
    // Editors on Windows put a mark before the first character.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return bad(`The location file ${file} is not JSON: ${(error as Error).message.replaceAll('\n', ' ')}`);
  }
  const parsed = parseLocationConfig(json);
  if (parsed.ok) return parsed;
  return bad(
    ...parsed.refusal.problems.map(
      ({ path, expected }) => `The location file ${file} is wrong at ${path}: expected ${expected}`,
    ),
  );
}
