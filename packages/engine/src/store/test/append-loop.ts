/**
 * A device that does nothing but journal, run as a process of its own and killed by a test: appends and orders events as
 * fast as it can and says each seq only after its commit. Argument: the database file.
 */
import { writeSync } from 'node:fs';
import { createNodePlatform } from '../../platform/node-platform.ts';
import { openSqliteStore } from '../sqlite-store.ts';
import { CLOCK, draft, HUB, nextRow } from './sample-events.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('which file?');
const store = openSqliteStore({ file, device: HUB, platform: createNodePlatform() });
for (;;) {
  const events = store.transact(() => {
    const stored = store.append([draft('first of a pair'), draft('x'.repeat(1_000))], CLOCK);
    for (const { event } of stored) store.appendOrder(nextRow(store, event));
    return stored;
  });
  // Not process.stdout: what is said must be in the pipe when the process dies.
  writeSync(1, `${events.at(-1)?.event.seq}\n`);
}
