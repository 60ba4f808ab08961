import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../root.ts';
import { applyEdit } from './plant.ts';
import { plantedBugs } from './planted-bugs.ts';

describe('planted bugs', () => {
  it.each(plantedBugs.map((planted) => [planted.rule, planted.id, planted] as const))(
    '%s: %s',
    (_rule, _id, { edits }) => {
      for (const edit of edits) {
        const source = readFileSync(join(root, edit.file), 'utf8');
        expect(applyEdit(source, edit)).not.toBe(source);
      }
    },
  );

  it('an edit that fits nowhere, or twice, is refused by name', () => {
    expect(() => applyEdit('a b', { file: 'x.ts', find: 'c', replace: '' })).toThrow('x.ts has 0 times');
    expect(() => applyEdit('a a', { file: 'x.ts', find: 'a', replace: '' })).toThrow('x.ts has 2 times');
  });

  it('there are at least 25 of them, each named once', () => {
    expect(plantedBugs.length).toBeGreaterThanOrEqual(25);
    expect(new Set(plantedBugs.map(({ rule, id }) => `${rule} ${id}`)).size).toBe(plantedBugs.length);
  });
});
