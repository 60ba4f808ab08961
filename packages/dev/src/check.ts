/**
 * `npm run check`: everything that needs no test run, two steps at a time, with the time each took. The exit code is
 * not zero if any step failed.
 */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './root.ts';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 32 * 1024 * 1024;

interface Step {
  readonly name: string;
  /** A script run by this Node, with its arguments. */
  readonly script: readonly [string, ...string[]];
}

const tool = (path: string) => join(root, 'node_modules', path);

/** The longest first, so that the last to end is a short one. */
const steps: readonly Step[] = [
  types('tests', 'tsconfig.test.json'),
  ...['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => runtimes(join(folder, name))),
  ),
  {
    name: 'layers (dependency-cruiser)',
    script: [
      tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      'packages',
      'apps',
    ],
  },
  {
    name: 'dead code, undeclared dependencies (knip)',
    script: [tool('knip/bin/knip.js'), '--no-progress', '--no-config-hints'],
  },
  { name: 'style (biome)', script: [tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'clock, randomness, timers, console', script: [join(import.meta.dirname, 'check', 'platform-only.ts')] },
];

/** A package has one configuration for each of its runtimes. */
function runtimes(folder: string): readonly Step[] {
  return readdirSync(join(root, folder))
    .filter((file) => /^tsconfig([.][a-z]+)?[.]json$/.test(file))
    .map((file) => types(`${folder} (${file})`, join(folder, file)));
}

function types(name: string, project: string): Step {
  return { name: `types of ${name}`, script: [tool('typescript/bin/tsc'), '--project', project] };
}

/** Null, or what the tool said. */
async function runStep({ script }: Step): Promise<string | null> {
  try {
    await run(process.execPath, script, { cwd: root, maxBuffer: MAX_OUTPUT_BYTES });
    return null;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    return `${stdout}${stderr}`.trim() || message;
  }
}

const startedAt = performance.now();
const secondsSince = (at: number) => `${((performance.now() - at) / 1000).toFixed(1)} s`;
const waiting = [...steps];
let failed = 0;

async function work(): Promise<void> {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const stepStartedAt = performance.now();
    const problem = await runStep(step);
    console.log(`${problem === null ? 'ok    ' : 'FAILED'} ${step.name}, ${secondsSince(stepStartedAt)}`);
    if (problem === null) continue;
    failed += 1;
    console.log(problem.replace(/^/gm, '       '));
  }
}

await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
console.log(`${steps.length - failed} of ${steps.length} checks passed in ${secondsSince(startedAt)}.`);
process.exitCode = failed > 0 ? 1 : 0;
