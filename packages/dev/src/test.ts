/**
 * `npm test [-- <file name or vitest option> ...]`: all tests, or some. Ends with `N passed, N failed`; the exit code
 * is not zero if a test failed, an error went unhandled, or nothing ran.
 */
import { parseCLI, startVitest } from 'vitest/node';
import { buildDesktopApps } from './build.ts';
import { root } from './root.ts';
import { lastLine, skippedLines, summarize } from './test-summary.ts';

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);

// The end-to-end tests use the built apps, as a hub serves their renderers and as Electron starts them. A build that fails
// must not hide the other tests; those in a browser would only wait for pages that are not there.
const buildProblem = await buildDesktopApps().then(
  () => null,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);

const projects = buildProblem === null ? {} : { project: ['unit', 'ui', 'faults'] };

const vitest = await startVitest(filter, { ...options, ...projects, root, run: true, watch: false });
const ran = summarize(vitest.state.getTestModules());
const unhandled = vitest.state.getUnhandledErrors().length;
await vitest.close();

for (const line of skippedLines(ran)) console.log(line);
if (buildProblem !== null) console.log(`The apps could not be built:\n${buildProblem}`);
if (unhandled > 0) console.log(`Errors outside of tests: ${unhandled}`);
const nothingRan = ran.passed + ran.failed === 0;
if (nothingRan) console.log('No test ran.');
const failed = ran.failed + unhandled + (buildProblem === null ? 0 : 1);
console.log(lastLine({ ...ran, failed }));
process.exit(failed > 0 || nothingRan ? 1 : 0);
