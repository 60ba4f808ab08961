/**
 * A device that lives through one day after the other, run as a process of its own and killed by a test: journals a day,
 * keeps its figures and deletes it, each in one commit, and says what it is about to do. Argument: the database file.
 */
import { writeSync } from 'node:fs';
import { createNodePlatform } from '../../platform/node-platform.ts';
import { openSqliteStore } from '../sqlite-store.ts';
import { CLOCK, draft, HUB, MONDAY, nextRow, TUESDAY } from './sample-events.ts';

/** Events of each day: their deletion takes long enough to be hit. */
const EVENTS_A_DAY = 400;

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('which file?');
const store = openSqliteStore({ file, device: HUB, platform: createNodePlatform() });
for (let round = 1; ; round += 1) {
  store.transact(() => {
    // What a killed round has left.
    store.forgetDay(MONDAY);
    const drafts = Array.from({ length: EVENTS_A_DAY }, (_, i) => draft(`${round}: ${i}`));
    for (const { event } of store.append(drafts, CLOCK)) store.appendOrder(nextRow(store, event));
    store.append([draft(`kept ${round}`, TUESDAY)], CLOCK);
  });
  // Not process.stdout: what is said must be in the pipe when the process dies.
  writeSync(1, `${round}\n`);
  store.transact(() => {
    store.writeStatistics(MONDAY, String(round));
    store.forgetDay(MONDAY);
  });
}
