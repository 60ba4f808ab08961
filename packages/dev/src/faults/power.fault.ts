/** The power goes: what a hub had told people is on its disk, whatever became of the writes that were under way (S1). */
import { join } from 'node:path';
import { createDayLedger } from '@aufruf/engine/ledger/day-ledger';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { createRandom } from '@aufruf/engine/platform/seeded-random';
import { openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { expect } from 'vitest';
import { afterPowerLoss, type DiskStep, type Fate, readTrace, tracer, tracerProblem } from './disk-trace.ts';
import { type FaultOffice, faultTest } from './office.ts';
import { toldSchema } from './records.ts';
import { SEED } from './seed.ts';

/** Moments at which the power goes. */
const LOSSES = 8;

/** A hub at work under the tracer. @returns all that it did and said */
async function traceHub(office: FaultOffice, nodeOptions: readonly string[]): Promise<readonly DiskStep[]> {
  const traceFile = join(office.folder, 'trace');
  const hub = await office.startHub({ startedBy: tracer(traceFile), nodeOptions });
  await hub.ask('work', { seed: SEED, kioskId: 'kiosk-1' });
  await office.untilSeen('a hub at work', (seen) => seen.length >= 150);
  await hub.ask('rest', null);
  await hub.end();
  return readTrace(traceFile, office.hubFolder);
}

/** Numbers that people were given before so many steps, and that are not on the disk after them. */
function lostNumbers(office: FaultOffice, steps: readonly DiskStep[], count: number, fate: Fate): readonly string[] {
  const folder = join(office.folder, `after-${count}-${fate}`);
  afterPowerLoss(steps, count, fate, createRandom(SEED + count), folder);
  const platform = createNodePlatform({ log: { debug() {}, info() {}, warn() {}, error() {} } });
  const store = openSqliteStore({ file: join(folder, 'hub.db'), device: 'hub' as DeviceId, platform });
  try {
    const day = store.readSetting('currentDay');
    const known = new Map<string, string | undefined>();
    if (day !== null) {
      const { sha256 } = platform;
      const ledger = createDayLedger({ store, sha256, day: day as LocalDate, estimateAt: ({ deviceAt }) => deviceAt });
      const { openVisits, closedVisits } = ledger.ordered();
      for (const { id, number } of [...openVisits.values(), ...closedVisits.values()]) known.set(id, number?.text);
    }
    return steps.slice(0, count).flatMap((step) => {
      const told = step.type === 'said' ? toldSchema.parse(JSON.parse(step.line)) : null;
      return told?.kind === 'printed' && known.get(told.visitId) !== told.number ? [told.number] : [];
    });
  } finally {
    store.close();
  }
}

/** Right behind something said, where the next write has not been thought of, and anywhere in between. */
function* moments(steps: readonly DiskStep[]): Iterable<number> {
  const random = createRandom(SEED);
  const said = steps.flatMap(({ type }, index) => (type === 'said' ? [index] : []));
  for (let loss = 0; loss < LOSSES; loss += 1) {
    const at = said[random.uint32() % said.length] ?? 0;
    yield at + 1 + (loss % 2 === 0 ? 0 : random.uint32() % 12);
  }
}

const lostAfter = (office: FaultOffice, steps: readonly DiskStep[], fates: readonly Fate[]): readonly string[] =>
  [...moments(steps)].flatMap((count) => fates.flatMap((fate) => lostNumbers(office, steps, count, fate)));

faultTest(
  'S1, J4, X1: no number that was given is lost, at whatever moment the power goes',
  async ({ office, skip }) => {
    const problem = tracerProblem();
    if (problem !== null) skip(problem);
    const steps = await traceHub(office, []);
    expect(steps.filter(({ type }) => type === 'synced').length).toBeGreaterThan(50);
    expect(lostAfter(office, steps, ['lost', 'kept', 'scrambled'])).toEqual([]);
  },
);

faultTest(
  'S1: the same test finds a hub whose commits do not wait for the disk (synchronous = NORMAL)',
  async ({ office, skip }) => {
    const problem = tracerProblem();
    if (problem !== null) skip(problem);
    const steps = await traceHub(office, ['--import', join(import.meta.dirname, 'plant-normal.ts')]);
    expect(lostAfter(office, steps, ['lost'])).not.toEqual([]);
    expect(lostAfter(office, steps, ['scrambled'])).not.toEqual([]);
    // All that it asked of the disk was there: it had only not waited for it.
    expect(lostAfter(office, steps, ['kept'])).toEqual([]);
  },
);
