import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';

/**
 * Where a replay keeps its databases: in memory where the system offers that. The devices of a location have a disk
 * each; here all would wait for the one disk of this machine, hundreds of times a second on a hurried clock. What a lost
 * disk or a killed process does is tested elsewhere, on a real one.
 */
export function dataRoot(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    return MEMORY;
  } catch {
    return tmpdir();
  }
}
