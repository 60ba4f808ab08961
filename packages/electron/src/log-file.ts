/**
 * The app's log on disk: one file and the one before it, of at most MAX_LOG_BYTES each. Until it is known where, lines
 * are held. Each line is written before the call returns, so that a crash does not take its reason along; a disk that
 * refuses never stops the app.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MAX_LOG_BYTES = 5 * 1024 * 1024;
/** Lines held until the file is known. */
const MAX_HELD_LINES = 200;

export interface LogFile {
  /** Takes one line, newline included. */
  write(line: string): void;
  /** From now on lines go to `app.log` in this folder, those held first. Called once. */
  open(folder: string): void;
}

/** `maxBytes`: another one only in tests. */
export function createLogFile(maxBytes = MAX_LOG_BYTES): LogFile {
  let file: string | null = null;
  let bytes = 0;
  const held: string[] = [];

  function append(path: string, line: string): void {
    const size = Buffer.byteLength(line);
    try {
      if (bytes + size > maxBytes && bytes > 0) {
        renameSync(path, `${path}.1`);
        bytes = 0;
      }
      appendFileSync(path, line);
      bytes += size;
    } catch {
      // Whoever is served comes first; the line still went to standard error.
    }
  }

  return {
    write(line) {
      process.stderr.write(line);
      if (file !== null) append(file, line);
      else if (held.length < MAX_HELD_LINES) held.push(line);
    },
    open(folder) {
      const path = join(folder, 'app.log');
      try {
        mkdirSync(folder, { recursive: true });
        bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      } catch {
        return;
      }
      file = path;
      for (const line of held.splice(0)) append(path, line);
    },
  };
}
