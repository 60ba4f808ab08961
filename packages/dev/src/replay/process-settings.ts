/** What every process of a replay is started with: one JSON object as its only argument. */
import { readFileSync } from 'node:fs';
import { createJsonLog } from '@aufruf/engine/platform/json-log';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import type { Platform } from '@aufruf/engine/platform/platform';
import { z } from 'zod';
import { type CompressedClock, createCompressedClock, createCompressedPlatform } from './compressed-clock.ts';
import type { ReplayPlan } from './replay-plan.ts';

const settingsSchema = z.strictObject({
  clock: z.strictObject({ virtualAt: z.int(), realAt: z.int(), speed: z.number().positive() }),
  planFile: z.string(),
  dataFolder: z.string(),
  locationFile: z.string(),
  /** Stations this process runs, by device id; the hub has none. */
  role: z.enum(['hub', 'kiosk', 'counter', 'display']),
  stations: z.array(z.string()),
  hubUrl: z.string(),
});
export type ProcessSettings = z.infer<typeof settingsSchema>;

export interface ProcessParts {
  readonly settings: ProcessSettings;
  readonly clock: CompressedClock;
  readonly platform: Platform;
  readonly readPlan: () => ReplayPlan;
}

/** @throws when the argument is not what `replay.ts` gives: only it starts these processes. */
export function takeSettings(argument: string | undefined): ProcessParts {
  const settings = settingsSchema.parse(JSON.parse(argument ?? 'null'));
  const log = createJsonLog({ level: 'warn', now: () => Date.now(), write: (line) => process.stderr.write(line) });
  const node = createNodePlatform({ log });
  const clock = createCompressedClock(settings.clock, node.now);
  return {
    settings,
    clock,
    platform: createCompressedPlatform(node, clock),
    readPlan: () => JSON.parse(readFileSync(settings.planFile, 'utf8')) as ReplayPlan,
  };
}
