/** Whether a module is the one that was started, not imported. (`import.meta.main` is missing before Node 24.2.) */
import { realpathSync } from 'node:fs';

export function isMain(meta: ImportMeta): boolean {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === meta.filename;
}
