import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '@aufruf/shared/lib/result';
import { DATABASE } from './copy-request.ts';
import { refuseTool, type ToolRefusal } from './tool-refusal.ts';

/** The database that somebody means by a file or by the folder in which a hub or a desktop app keeps its own. */
export function findDatabase(place: string): Result<string, ToolRefusal> {
  if (!existsSync(place))
    return refuseTool(`${place} does not exist: name the data folder, as the hub says it at its start.`);
  if (!statSync(place).isDirectory()) return ok(place);
  const files = readdirSync(place).filter((name) => /^[a-z0-9-]+\.db$/.test(name));
  if (files.includes(DATABASE)) return ok(join(place, DATABASE));
  const [only, another] = files;
  if (only === undefined)
    return refuseTool(`${place} holds no database of Aufruf: name the data folder of a hub or an app.`);
  if (another !== undefined) return refuseTool(`${place} holds ${files.join(', ')}: name one of the files.`);
  return ok(join(place, only));
}
