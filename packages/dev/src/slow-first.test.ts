import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './root.ts';
import { SLOW, slowFirst } from './slow-first.ts';

describe('slowFirst', () => {
  it('begins with the slow files, longest first, and leaves the others in their order', () => {
    const [longest, , next] = SLOW.map((end) => `/aufruf/packages/${end}`) as [string, string, string];
    const others = ['/aufruf/packages/b.test.ts', '/aufruf/packages/a.test.ts'] as const;
    expect(slowFirst([others[0], next, others[1], longest], (path) => path)).toEqual([longest, next, ...others]);
  });

  it.each(SLOW)('knows %s, which is there', (end) => {
    expect(existsSync(join(root, 'packages', end))).toBe(true);
  });
});
