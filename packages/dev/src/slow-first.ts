/**
 * The order of test files: in each project the slowest first, so that no worker is left alone with one of them at the end.
 * A fresh checkout has no record of how long a file takes, and vitest then goes by size, which says little.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The ends of the paths of files that take ten seconds and more on two processors, the longest first. */
export const SLOW = [
  'dev/e2e/counter.e2e.ts',
  'dev/e2e/kiosk.e2e.ts',
  'dev/e2e/main-job.e2e.ts',
  'hub/src/simulation/simulate.test.ts',
  'dev/src/faults/silence.fault.ts',
  'dev/src/faults/damage-of-kiosk.fault.ts',
  'dev/e2e/takeover.e2e.ts',
  'dev/e2e/display.e2e.ts',
  'dev/e2e/set-up.desktop.e2e.ts',
  'hub/src/hub.relay-sockets.test.ts',
  'dev/src/faults/damage-of-hub.fault.ts',
  'dev/src/stand-in/page.test.ts',
  'hub/src/cli.test.ts',
  'dev/e2e/alone.e2e.ts',
  'hub/src/hub.succession.process.test.ts',
  'dev/e2e/relay.e2e.ts',
  'dev/src/start.test.ts',
  'dev/src/stand-in/punished.test.ts',
  'dev/src/package/pack.test.ts',
  'dev/src/bench/bench.test.ts',
  'hub/src/hub.convergence.test.ts',
  'engine/src/store/sqlite-store.crash.test.ts',
  'hub/src/hub.kill.test.ts',
  'dev/src/stand-in/app.test.ts',
  'dev/src/replay/replay.test.ts',
  'dev/src/sim/run-seeds.test.ts',
  'shared/src/domain/evolve.property.test.ts',
] as const;

/** `SLOW`, then the others as they were. */
export function slowFirst<F>(files: readonly F[], pathOf: (file: F) => string): F[] {
  const placeOf = (file: F): number => {
    const place = SLOW.findIndex((end) => pathOf(file).endsWith(`/${end}`));
    return place < 0 ? SLOW.length : place;
  };
  return files.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** A class, because vitest makes one of its own. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // Projects stay together: they follow one another, and a worker serves one at a time.
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project);
    return [...byProject.values()].flatMap((ofProject) => slowFirst(ofProject, ({ moduleId }) => moduleId));
  }
}
