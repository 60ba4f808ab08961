/** The log of a command without a screen: files in a folder, or lines to standard error for whoever collects them there. */
import { createJsonLog, type LOG_LEVELS } from '@aufruf/engine/platform/json-log';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { makeWritable } from '../make-writable.ts';
import { type FileLog, openFileLog } from './file-log.ts';

export interface CommandLogOptions {
  /** Absent: the default folder; null: standard error. */
  readonly logFolder: string | undefined | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

export interface CommandLog extends FileLog {
  /** Where it is, in words for whoever started the command. */
  readonly place: string;
}

interface LogRefusal {
  readonly type: 'logNotWritable';
  readonly line: string;
}

export async function openCommandLog(
  { logFolder, logLevel: level }: CommandLogOptions,
  defaultFolder: string,
): Promise<Result<CommandLog, LogRefusal>> {
  if (logFolder === null) {
    const { now } = createNodePlatform();
    const log = createJsonLog({ level, now, write: (line) => process.stderr.write(line) });
    return { ok: true, value: { log, close: async () => {}, place: 'standard error' } };
  }
  const folder = logFolder ?? defaultFolder;
  const problem = makeWritable(folder);
  if (problem !== null) {
    return refuse({
      type: 'logNotWritable',
      line: `The log folder ${folder} ${problem}: name another one with --log.`,
    });
  }
  const onFault = ({ message }: Error): void =>
    void process.stderr.write(`The log in ${folder} cannot be written: ${message}\n`);
  return { ok: true, value: { ...(await openFileLog({ folder, level, onFault })), place: folder } };
}
