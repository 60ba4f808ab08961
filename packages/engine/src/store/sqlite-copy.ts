/** Copies a database while it is being worked on (S4), in steps, so that commands are answered meanwhile. */
import { type SqliteConnection, toStorageFault } from './sqlite-connection.ts';

/** Pages of 4 KiB copied at a time: a millisecond or two. */
const COPY_STEP_PAGES = 250;

/** @throws StorageFault when the copy cannot be written, and an error when it `isGivenUp` */
export async function copyDatabase(
  connection: SqliteConnection,
  to: string,
  isGivenUp: () => boolean = () => false,
): Promise<void> {
  try {
    await connection.backup(to, {
      progress: () => {
        if (isGivenUp()) throw new Error('the copy was given up');
        return COPY_STEP_PAGES;
      },
    });
  } catch (error) {
    throw toStorageFault(error, to);
  }
}
