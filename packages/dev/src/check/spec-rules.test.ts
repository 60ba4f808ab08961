import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../root.ts';
import { rulesOf, rulesQuoted } from './spec-rules.ts';

const SPEC = 'packages/shared/src/sync/SPEC.md';
const TESTS = ['packages/*/src/**/*.{test,contract}.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}'];

describe('rules of SPEC.md', () => {
  it('each is quoted by the title of at least one test', () => {
    const stated = rulesOf(readFileSync(join(root, SPEC), 'utf8'));
    expect(stated.size).toBeGreaterThan(40);
    const quoted = new Set(
      globSync(TESTS, { cwd: root }).flatMap((file) => [...rulesQuoted(readFileSync(join(root, file), 'utf8'))]),
    );
    expect([...stated].filter((id) => !quoted.has(id))).toEqual([]);
  });

  it('are found where they head an item, alone or together, and not among the gaps', () => {
    const spec =
      '- **J1** An event.\n- **S1, S2** See.\n- **Rule 7** No id.\nSee **J9**.\n## Known gaps\n- **M5** Not yet.';
    expect([...rulesOf(spec)]).toEqual(['J1', 'S1', 'S2']);
  });

  it('count as quoted in titles only', () => {
    const source = `// J1\nit('O2, O3: x', () => {\n  say('P4');\n});\ndescribe("X1 to X3 hold", f);\nit.each([1])('T1 %i', f);`;
    expect([...rulesQuoted(source)].sort()).toEqual(['O2', 'O3', 'T1', 'X1', 'X2', 'X3']);
  });
});
