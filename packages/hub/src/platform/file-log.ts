/**
 * The log of a hub that nobody watches: pino writes the same lines as the log of the terminal into numbered files
 * `hub.1.log`, `hub.2.log` ... of one folder, which never grows beyond LOG_FILES files of about LOG_FILE_SIZE.
 *
 * Each line is written before the call returns, so that a crash does not take its own reason along. A log that cannot be
 * written never stops the hub: tickets are worth more than lines about them.
 */
/// <reference path="./pino-roll.d.ts" />
import { join } from 'node:path';
import { type LogLevel, loggableFields } from '@aufruf/engine/platform/json-log';
import type { Log } from '@aufruf/engine/platform/platform';
import { pino } from 'pino';
import roll from 'pino-roll';

/** A file that has reached this size is followed by the next one. */
export const LOG_FILE_SIZE = '5m';
/** Files kept, the current one included; older ones are deleted. */
export const LOG_FILES = 10;
/** What is held back while the disk refuses, in bytes; further lines are dropped. */
const MAX_HELD_BYTES = 256 * 1024;

export interface FileLogOptions {
  /** Is there, and can be written. */
  readonly folder: string;
  readonly level: LogLevel;
  /** Called once, when lines cannot be written. */
  readonly onFault: (error: Error) => void;
  /** Another size only in tests. */
  readonly fileSize?: string;
}

export interface FileLog {
  readonly log: Log;
  /** Lets go of the file. */
  close(): Promise<void>;
}

export async function openFileLog({
  folder,
  level,
  onFault,
  fileSize = LOG_FILE_SIZE,
}: FileLogOptions): Promise<FileLog> {
  const stream = await roll({
    file: join(folder, 'hub'),
    extension: '.log',
    size: fileSize,
    // Also those of earlier runs: a hub that is started again and again must not fill the disk.
    limit: { count: LOG_FILES, removeOtherLogFiles: true },
    sync: true,
    maxLength: MAX_HELD_BYTES,
  });
  let hasFailed = false;
  stream.on('error', (error) => {
    if (!hasFailed) onFault(error);
    hasFailed = true;
  });
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  const logAt =
    (lineLevel: LogLevel): Log['info'] =>
    (message, fields) =>
      logger[lineLevel](loggableFields(fields), message);
  return {
    log: { debug: logAt('debug'), info: logAt('info'), warn: logAt('warn'), error: logAt('error') },
    close: () =>
      new Promise((resolve) => {
        stream.once('close', resolve);
        // Everything is written; what a full disk refused would be waited for in vain.
        stream.destroy();
      }),
  };
}
