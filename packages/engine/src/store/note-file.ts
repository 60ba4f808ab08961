/**
 * One text beside a database, which survives the process and not the loss of power: it is written without waiting for the
 * disk. Made with the first text; never read but at the start.
 */
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { StorageFault } from './event-store.ts';
import { faultDetail } from './sqlite-connection.ts';

export interface NoteFile {
  /** Takes the place of what was written before. @throws StorageFault when there is no space; nothing counts then */
  write(text: string): void;
  /** The last text; null when there is none, or only a part of one. */
  read(): string | null;
  close(): void;
}

/** `file`: the database's. */
export function createNoteFile(file: string): NoteFile {
  const path = `${file}-note`;
  let descriptor: number | null = null;

  return {
    write(text) {
      try {
        descriptor ??= openSync(path, constants.O_RDWR | constants.O_CREAT);
        // In place: what is longer than the new text stays behind it, and the length says so.
        const bytes = Buffer.from(text);
        const all = Buffer.concat([lengthLine(bytes.length), bytes]);
        const written = writeSync(descriptor, all, 0, all.length, 0);
        // What is left of the space is filled before anything is said.
        if (written < all.length) throw Object.assign(new Error('cut off'), { code: 'ENOSPC' });
      } catch (error) {
        throw toFault(error, path);
      }
    },
    read() {
      let bytes: Buffer;
      try {
        bytes = readFileSync(path);
      } catch {
        return null;
      }
      const length = Number(bytes.subarray(0, LENGTH_DIGITS).toString());
      const text = bytes.subarray(LENGTH_DIGITS + 1, LENGTH_DIGITS + 1 + length);
      return Number.isInteger(length) && text.length === length && length > 0 ? text.toString() : null;
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

function toFault(error: unknown, path: string): StorageFault {
  const { code = 'EIO' } = error as NodeJS.ErrnoException;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const type = isFull ? 'full' : code === 'EACCES' || code === 'EROFS' ? 'readOnly' : 'other';
  return new StorageFault(type, { cause: error, detail: faultDetail(type, path, code) });
}

const LENGTH_DIGITS = 8;
const lengthLine = (length: number): Buffer => Buffer.from(`${String(length).padStart(LENGTH_DIGITS, '0')}\n`);
