/** A long day: what an event costs early and late in it, how a new device fetches it, how a hub starts with it. */
import { join } from 'node:path';
import { startHelper } from '../process/helper.ts';
import type { DeviceQuestions } from './device-process.ts';
import type { EventCost } from './fill-day.ts';
import type { Heap } from './heap.ts';
import type { HubQuestions } from './hub-process.ts';
import { measureHubStart } from './measure-start.ts';
import type { BenchSizes } from './sizes.ts';

export interface DaySpans {
  /** Rows of the day in the end. */
  readonly events: number;
  readonly costs: readonly EventCost[];
  /** Ms, each by a device that was never connected before, with its database on the disk. */
  readonly catchUps: readonly number[];
  /** What the hub holds at the end of the day. */
  readonly heap: Heap;
  /** Ms from the start of the process until it serves, with the day on its disk. */
  readonly restarts: readonly number[];
}

export async function measureDay(
  sizes: BenchSizes,
  { locationFile, folder }: { readonly locationFile: string; readonly folder: string },
): Promise<DaySpans> {
  const hub = startHelper<HubQuestions>(new URL('./hub-process.ts', import.meta.url), {
    nodeOptions: ['--expose-gc'],
  });
  const dataFolder = join(folder, 'day');
  const noPages = join(folder, 'no-pages');
  const renderers = { kiosk: noPages, display: noPages, counter: noPages };
  const catchUps: number[] = [];
  let measured: Pick<DaySpans, 'events' | 'costs' | 'heap'>;
  try {
    const { url: hubUrl } = await hub.ask('start', { locationFile, dataFolder, renderers });
    const costs = await hub.ask('fill', sizes);
    const events = await hub.ask('rows', null);
    measured = { events, costs, heap: await hub.ask('heap', null) };
    for (let start = 1; start <= Math.min(sizes.starts, sizes.displays); start += 1) {
      const device = startHelper<DeviceQuestions>(new URL('./device-process.ts', import.meta.url));
      try {
        catchUps.push(
          await device.ask('catchUp', { hubUrl, id: `display-${start}`, folder: dataFolder, rows: events }),
        );
      } finally {
        await device.end();
      }
    }
  } finally {
    await hub.end();
  }
  const restarts: number[] = [];
  for (let start = 0; start < sizes.starts; start += 1) restarts.push(await measureHubStart(locationFile, dataFolder));
  return { ...measured, catchUps, restarts };
}
