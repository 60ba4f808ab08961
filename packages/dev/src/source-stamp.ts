/** A fingerprint of source files, by content: a checkout or a touched file does not make a build stale. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Tests and what only tests use do not end up in a build. */
const isSource = (path: string) => !/\.(test|contract)\.tsx?$|(^|[/\\])test[/\\]/.test(path);

/** Hash over the names and contents of `paths` (files, or folders with everything below), relative to `base`. */
export function sourceStamp(base: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesBelow(join(base, path))) {
      const name = relative(base, file).replaceAll('\\', '/');
      if (isSource(name)) hash.update(`${name}\0`).update(createHash('sha256').update(readFileSync(file)).digest());
    }
  }
  return hash.digest('hex');
}

function filesBelow(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
