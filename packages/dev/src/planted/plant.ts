/** Plants bugs: edits sources while Node loads them. Files stay as they are. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../root.ts';
import type { Edit } from './planted-bugs.ts';

/** @throws when the text to be replaced does not stand there exactly once */
export function applyEdit(source: string, { file, find, replace }: Edit): string {
  const pieces = source.split(find);
  if (pieces.length !== 2) throw new Error(`${file} has ${pieces.length - 1} times, instead of once: ${find}`);
  return pieces.join(replace);
}

/** From here on each of the files is loaded with its edits. Those loaded already are not touched. */
export function plant(edits: readonly Edit[]): void {
  const byUrl = Map.groupBy(edits, ({ file }) => pathToFileURL(join(root, file)).href);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const own = byUrl.get(url);
      if (own === undefined) return loaded;
      return { ...loaded, source: own.reduce(applyEdit, String(loaded.source)) };
    },
  });
}
