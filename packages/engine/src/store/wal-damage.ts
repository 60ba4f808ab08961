/**
 * Tells a write-ahead log that was damaged from one whose end was torn when the power went (S2). SQLite treats both alike:
 * it reads up to the first frame that does not fit its checksum and takes the rest for never written. For a torn end that
 * is right, since nothing in it was acknowledged. Of a damaged log it would quietly bring back an older database, which
 * would then continue its journal with other events under the same keys (J3), and give numbers twice.
 *
 * With `synchronous = FULL` a transaction is written only when the one before is on the disk. So behind the last good
 * frame there can be the commit of one transaction, the one that was being written, and never of two. (Only two losses of
 * power within one log could leave two; then a good file is set aside, from which everything is read back.) Damage to the
 * very last transaction cannot be told from a torn one: the hub, which holds its events, says so at the next hello (J3).
 *
 * The format: https://sqlite.org/fileformat2.html#the_write_ahead_log
 */
import { existsSync, readFileSync } from 'node:fs';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** Commits that a loss of power can leave behind the last good frame. */
const TORN_COMMITS = 1;
/** The last bit says in which order the checksum reads the bytes of a word. */
const MAGIC = 0x377f0682;

type Checksum = readonly [number, number];

/** Of a database that nobody is writing to. Beside it lies no log, or a whole one, or one with a torn end: false. */
export function isWalDamaged(file: string): boolean {
  const wal = `${file}-wal`;
  return existsSync(wal) && isDamaged(readFileSync(wal));
}

function isDamaged(bytes: Buffer): boolean {
  // A header alone, whole or not, is what is left when the power goes while a log is begun.
  if (bytes.length <= HEADER_BYTES) return false;
  const isBigEndian = (bytes.readUInt32BE(0) & 1) === 1;
  const header = checksum(bytes, 0, HEADER_BYTES - 8, [0, 0], isBigEndian);
  const isHeaderGood = (bytes.readUInt32BE(0) & ~1) >>> 0 === MAGIC && isWritten(bytes, HEADER_BYTES - 8, header);
  if (!isHeaderGood) return true;

  const frameBytes = FRAME_HEADER_BYTES + bytes.readUInt32BE(8);
  let sum: Checksum = header;
  let isGood = true;
  let commitsBehind = 0;
  for (let at = HEADER_BYTES; at + frameBytes <= bytes.length; at += frameBytes) {
    // Other salts: a frame of an earlier round, not overwritten yet.
    const isOfThisRound = bytes.compare(bytes, 16, 24, at + 8, at + 16) === 0;
    if (isGood && isOfThisRound) {
      sum = checksum(bytes, at, 8, sum, isBigEndian);
      sum = checksum(bytes, at + FRAME_HEADER_BYTES, frameBytes - FRAME_HEADER_BYTES, sum, isBigEndian);
    }
    isGood = isGood && isOfThisRound && isWritten(bytes, at + 16, sum);
    // The last frame of a transaction holds the size of the database.
    if (!isGood && isOfThisRound && bytes.readUInt32BE(at + 4) > 0) commitsBehind += 1;
  }
  return commitsBehind > TORN_COMMITS;
}

const isWritten = (bytes: Buffer, at: number, [first, second]: Checksum): boolean =>
  bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second;

/** SQLite's: two running sums over pairs of words. */
function checksum(bytes: Buffer, from: number, count: number, start: Checksum, isBigEndian: boolean): Checksum {
  let [first, second] = start;
  for (let at = from; at < from + count; at += 8) {
    first = (first + (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + second) >>> 0;
    second = (second + (isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + first) >>> 0;
  }
  return [first, second];
}
