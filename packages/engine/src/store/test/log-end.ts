/** Where the commits in a write-ahead log end, in bytes; behind them it is laid out and not used yet, see `wal-layout.ts`. */
export function logEnd(wal: Buffer): number {
  const headerBytes = 32;
  const frameBytes = 24 + 4_096;
  let end = headerBytes;
  for (let at = headerBytes; at + frameBytes <= wal.length; at += frameBytes) {
    const isOfThisRound = wal.compare(wal, 16, 24, at + 8, at + 16) === 0;
    // The last frame of a commit holds the size of the database.
    if (isOfThisRound && wal.readUInt32BE(at + 4) > 0) end = at + frameBytes;
  }
  return end;
}
