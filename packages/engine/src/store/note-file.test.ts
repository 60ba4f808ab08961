import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNoteFile } from './note-file.ts';
import { faultOf } from './test/sample-events.ts';
import { withSmallDisk } from './test/small-disk.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-note-'));
  file = join(folder, 'device.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (...texts: readonly string[]): string | null => {
  const note = createNoteFile(file);
  for (const text of texts) note.write(text);
  note.close();
  return createNoteFile(file).read();
};

describe('a note beside a database', () => {
  it('J4: is there for the next process; the last one counts, be it shorter', () => {
    expect(createNoteFile(file).read()).toBeNull();
    expect(written('ä long one, of many words')).toBe('ä long one, of many words');
    expect(written('ä long one, of many words', 'short')).toBe('short');
  });

  it('S1: of a text that was cut off, or of garbage, nothing is taken', () => {
    written('a long one, of many words');
    truncateSync(`${file}-note`, 20);
    expect(createNoteFile(file).read()).toBeNull();
    for (const garbage of ['', 'garbage', '00000000\n', '-0000001\nx', '99999999\nx']) {
      writeFileSync(`${file}-note`, garbage);
      expect(createNoteFile(file).read(), garbage).toBeNull();
    }
  });

  it('S3: says that there is no space', (context) =>
    withSmallDisk(folder, context, (disk) => {
      disk.fill('filler');
      const note = createNoteFile(join(disk.folder, 'device.db'));
      expect(faultOf(() => note.write('x'.repeat(10_000))).type).toBe('full');
      // Space for a part of it.
      const filler = join(disk.folder, 'filler');
      truncateSync(filler, statSync(filler).size - 4_096);
      expect(faultOf(() => note.write('x'.repeat(10_000))).type).toBe('full');
      note.close();
    }));
});
