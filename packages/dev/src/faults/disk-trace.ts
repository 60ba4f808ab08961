/**
 * What a process asked of its disk, as strace saw it: each write with its bytes, each fsync, and between them each line it
 * said to people. From this follows what is left at any moment if the power goes: everything a finished fsync has covered,
 * and of the rest whatever the disk had got to, in any order, in whole sectors.
 *
 * What it cannot show: a disk that lies about an fsync; names in a folder, which count as durable from the moment they
 * appear; half sectors; writes by mapped memory, of which SQLite makes none here (the log's index is kept in the heap).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SeededRandom } from '@aufruf/engine/platform/seeded-random';

const SECTOR_BYTES = 512;

/** The program to put in front of a process, writing its trace to this file. */
export const tracer = (traceFile: string): readonly [string, ...string[]] => [
  'strace',
  ...['-f', '--seccomp-bpf', '-qq', '-y', '-xx', '-s', String(1 << 20)],
  ...['-e', 'trace=pwrite64,write,fsync,fdatasync,ftruncate,unlink', '-e', 'signal=none', '-o', traceFile],
];

/** Why processes cannot be traced here; null when they can. */
export function tracerProblem(): string | null {
  const { error, status, stderr } = spawnSync('strace', ['-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', 'true'], {
    encoding: 'utf8',
  });
  return error === undefined && status === 0 ? null : `strace cannot be used here: ${error?.message ?? stderr.trim()}`;
}

export type DiskStep =
  | { readonly type: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly type: 'truncate'; readonly file: string; readonly size: number }
  | { readonly type: 'remove'; readonly file: string }
  | { readonly type: 'synced'; readonly file: string }
  /** A line on standard output: from here on somebody knows. */
  | { readonly type: 'said'; readonly line: string };

/** Steps on the files of a folder, by their bare names, in the order in which they happened. */
export function readTrace(traceFile: string, folder: string): readonly DiskStep[] {
  const steps: DiskStep[] = [];
  const begun = new Map<string, string>();
  for (const line of readFileSync(traceFile, 'latin1').split('\n')) {
    const [, pid = '', call = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(call);
    if (call.endsWith('<unfinished ...>')) {
      begun.set(pid, call.slice(0, -'<unfinished ...>'.length));
      continue;
    }
    const step = toStep(resumed === null ? call : `${begun.get(pid) ?? ''}${resumed[1]}`, folder);
    if (step !== null) steps.push(step);
  }
  return steps;
}

function toStep(call: string, folder: string): DiskStep | null {
  const [, name = '', rest = ''] =
    /^(\w+)\((.*)\) += 0x[0-9a-f]+$|^(\w+)\((.*)\) += \d+$/.exec(call)?.filter((part) => part !== undefined) ?? [];
  if (name === 'write') {
    const [, hex = ''] = /^1<[^>]*>, "([^"]*)"/.exec(rest) ?? [];
    return hex === '' ? null : { type: 'said', line: fromHex(hex).toString().trimEnd() };
  }
  const path = name === 'unlink' ? fromHex(/^"([^"]*)"/.exec(rest)?.[1] ?? '').toString() : pathOf(rest);
  if (path === null || !path.startsWith(`${folder}/`)) return null;
  const file = basename(path);
  switch (name) {
    case 'pwrite64': {
      const [, hex = '', at = ''] = /, "([^"]*)", \d+, (\d+)$/.exec(rest) ?? [];
      return { type: 'write', file, at: Number(at), bytes: fromHex(hex) };
    }
    case 'ftruncate':
      return { type: 'truncate', file, size: Number(/, (\d+)$/.exec(rest)?.[1]) };
    case 'unlink':
      return { type: 'remove', file };
    case 'fsync':
    case 'fdatasync':
      return { type: 'synced', file };
    default:
      return null;
  }
}

/** `23</path>, ...`; strace writes the path in hex, too. */
function pathOf(rest: string): string | null {
  const [, path] = /^\d+<([^>]*)>/.exec(rest) ?? [];
  if (path === undefined) return null;
  return path.startsWith('\\x') ? fromHex(path).toString() : path;
}

const fromHex = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');

/** What the disk makes of writes that no fsync has covered: loses all of them, keeps all, or some in any order. */
export type Fate = 'lost' | 'kept' | 'scrambled';

/** Writes the files as they are after the power went behind the first `count` steps. */
export function afterPowerLoss(
  steps: readonly DiskStep[],
  count: number,
  fate: Fate,
  random: SeededRandom,
  into: string,
): void {
  const durable = new Map<string, DiskFile>();
  let unsynced: Exclude<DiskStep, { type: 'said' | 'synced' }>[] = [];
  for (const step of steps.slice(0, count)) {
    if (step.type === 'said') continue;
    if (step.type !== 'synced') {
      unsynced.push(step);
      continue;
    }
    for (const covered of unsynced.filter(({ file }) => file === step.file)) carryOut(durable, covered);
    unsynced = unsynced.filter(({ file }) => file !== step.file);
  }
  for (const step of unsynced) {
    if (step.type === 'remove' || fate === 'kept') carryOut(durable, step);
    else if (fate === 'scrambled') for (const part of someOf(step, random)) carryOut(durable, part);
  }
  mkdirSync(into, { recursive: true });
  for (const [file, { room, size }] of durable) writeFileSync(join(into, file), room.subarray(0, size));
}

function* someOf(step: DiskStep, random: SeededRandom): Iterable<DiskStep> {
  if (step.type !== 'write') {
    if (random.uint32() % 2 === 0) yield step;
    return;
  }
  const isTorn = random.uint32() % 4 === 0;
  if (!isTorn && random.uint32() % 2 === 0) return yield step;
  for (let from = 0; isTorn && from < step.bytes.length; from += SECTOR_BYTES)
    if (random.uint32() % 2 === 0)
      yield { ...step, at: step.at + from, bytes: step.bytes.subarray(from, from + SECTOR_BYTES) };
}

/** What a file holds, with room behind its end: it grows by single pages. */
interface DiskFile {
  readonly room: Buffer;
  readonly size: number;
}

function carryOut(files: Map<string, DiskFile>, step: DiskStep): void {
  if (step.type === 'said' || step.type === 'synced') return;
  const { file } = step;
  const { room, size } = files.get(file) ?? { room: Buffer.alloc(0), size: 0 };
  if (step.type === 'remove') files.delete(file);
  else if (step.type === 'truncate')
    files.set(file, { room: withRoom(room, step.size).fill(0, step.size), size: step.size });
  else {
    const end = step.at + step.bytes.length;
    const written = withRoom(room, end);
    step.bytes.copy(written, step.at);
    files.set(file, { room: written, size: Math.max(size, end) });
  }
}

const withRoom = (room: Buffer, size: number): Buffer =>
  size <= room.length ? room : Buffer.concat([room], Math.max(size, 2 * room.length));
