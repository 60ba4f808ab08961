/**
 * One text beside a database, which survives the process and not the loss of power: it is written without waiting for the
 * disk, in a tenth of the time of a commit. Made with the first text; never read but at the start.
 */
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { toFileFault } from './sqlite-connection.ts';

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
        writeSync(descriptor, Buffer.concat([lengthLine(bytes.length), bytes]), 0, undefined, 0);
      } catch (error) {
        throw toFileFault(error, path);
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

const LENGTH_DIGITS = 8;
const lengthLine = (length: number): Buffer => Buffer.from(`${String(length).padStart(LENGTH_DIGITS, '0')}\n`);
