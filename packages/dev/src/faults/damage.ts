/** Where a database is damaged: garbage in its header, in its middle, in its write-ahead log (S2). */
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { createRandom } from '@aufruf/engine/platform/seeded-random';
import { logEnd } from '@aufruf/engine/store/test/log-end';
import type { FaultOffice } from './office.ts';
import { SEED } from './seed.ts';

const PAGE_BYTES = 4_096;

/** Overwrites part of a file. */
function scribble(file: string, from: number, bytes: number): void {
  const random = createRandom(SEED);
  const garbage = Uint8Array.from({ length: bytes }, () => random.uint32() & 0xff);
  const fd = openSync(file, 'r+');
  writeSync(fd, garbage, 0, bytes, from);
  closeSync(fd);
}

export const PLACES = [
  { name: 'the header', isKilled: false, scribbleOn: (file: string) => scribble(file, 0, 100) },
  {
    name: 'pages in the middle',
    isKilled: false,
    scribbleOn: (file: string) => {
      const pages = Math.floor(statSync(file).size / PAGE_BYTES);
      scribble(file, Math.floor(pages / 3) * PAGE_BYTES, Math.ceil(pages / 3) * PAGE_BYTES);
    },
  },
  {
    // Only a process that dies leaves one.
    name: 'the write-ahead log',
    isKilled: true,
    scribbleOn: (file: string) => {
      const end = logEnd(readFileSync(`${file}-wal`));
      scribble(`${file}-wal`, Math.floor(end / 2), Math.ceil(end / 4));
    },
  },
] as const;

/** Damage to the middle of a log that has only just begun anew cannot be told from a torn end: some commits must follow. */
const LONG_LOG_BYTES = 128 * PAGE_BYTES;

export async function untilLogIsLong(file: string, workMore: () => Promise<void>): Promise<void> {
  while (logEnd(readFileSync(`${file}-wal`)) < LONG_LOG_BYTES) await workMore();
}

export function untilHandedOver(office: FaultOffice, count: number): Promise<void> {
  const from = office.seen.length;
  const isHandOver = ({ kind }: { readonly kind: string }) => kind === 'handedOver';
  return office.untilSeen(`${count} tickets`, (seen) => seen.slice(from).filter(isHandOver).length >= count);
}
