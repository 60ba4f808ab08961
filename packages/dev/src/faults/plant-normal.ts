/** Loaded before a process of a test: its commits do not wait for the disk, and it does not notice. */
import { plant } from '../planted/plant.ts';

const file = 'packages/engine/src/store/sqlite-connection.ts';
plant([
  { file, find: `pragma('synchronous = FULL')`, replace: `pragma('synchronous = NORMAL')` },
  { file, find: 'synchronous !== SYNCHRONOUS_FULL', replace: 'synchronous === -1' },
]);
