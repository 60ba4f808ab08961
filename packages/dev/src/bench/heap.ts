/** What a process holds. */

export interface Heap {
  /** In use, after everything that nobody refers to is gone. */
  readonly usedBytes: number;
  /** Of the machine's memory; the code, SQLite's cached pages and room for garbage included. */
  readonly residentBytes: number;
}

/** @throws when the process was started without `--expose-gc` */
export function heapAfterCollection(): Heap {
  const { gc } = globalThis as { readonly gc?: () => void };
  if (gc === undefined) throw new Error('this process was started without --expose-gc');
  gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { usedBytes: heapUsed + external, residentBytes: rss };
}
