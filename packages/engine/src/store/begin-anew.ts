/**
 * Makes a restored database a new incarnation (J2): its former self may have lived on after the copy was taken, and what it
 * wrote then is among the devices. For a private, closed file; the events in it stay their authors'.
 */
import { assert } from '@aufruf/shared/lib/assert';
import type { Incarnation } from '@aufruf/shared/lib/ids';
import { openPrivateCopy } from './sqlite-connection.ts';

export function beginAnew(file: string, incarnation: Incarnation): void {
  const connection = openPrivateCopy(file);
  try {
    const { changes } = connection.prepare('UPDATE owners SET incarnation = ?, starts = 0').run(incarnation);
    assert(changes === 1, 'a database has one owner');
  } finally {
    connection.close();
  }
}
