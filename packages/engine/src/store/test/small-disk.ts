/** A disk of one megabyte, to be filled by tests. Where none can be mounted, the test is skipped and says why. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type TestContext } from 'vitest';

export interface SmallDisk {
  readonly folder: string;
  /** Takes all space that is left, with a file in `folder`. */
  fill(name: string): void;
}

const run = (command: string, ...args: readonly string[]) => spawnSync(command, args, { encoding: 'utf8' });

export function withSmallDisk(parent: string, context: TestContext, work: (disk: SmallDisk) => void): void {
  const folder = join(parent, 'disk');
  mkdirSync(folder);
  const mounted = run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder);
  if (mounted.status !== 0)
    context.skip(`a small disk cannot be mounted here: ${mounted.error?.message ?? mounted.stderr.trim()}`);
  try {
    work({ folder, fill: (name) => fill(join(folder, name)) });
  } finally {
    // Lazily: a failed test may have left the store open.
    expect(run('umount', '-l', folder).status).toBe(0);
  }
}

function fill(file: string): void {
  for (const bytes of [65_536, 4_096]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
  }
}
