import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '@aufruf/engine/platform/platform';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { type RunningHub, startHub } from '../main.ts';
import { freePort } from './free-port.ts';
import { tinyLocation } from './tiny-location.ts';

export interface Successor extends RunningHub {
  /** The location's configuration as it was before: with the successor's machine as a relay's. */
  readonly locationFile: string;
}

/** A hub of the tiny location, in this process, that has taken the place of another on the machine of counter-1 (M5). */
export async function startSuccessor(folder: string, platform: Platform): Promise<Successor> {
  const port = await freePort();
  const place = { device: 'counter-1' as DeviceId, address: `http://127.0.0.1:${port}` };
  const locationFile = join(folder, 'with-relay.json');
  writeFileSync(locationFile, JSON.stringify({ ...tinyLocation, sync: { relays: [place] } }));
  let onDone = (_isDone: boolean): void => {};
  const done = new Promise<boolean>((resolve) => {
    onDone = resolve;
  });
  const started = await startHub({
    locationFile,
    dataFolder: join(folder, 'successor'),
    renderers: { kiosk: folder, display: folder, counter: folder },
    port,
    mayHavePredecessor: true,
    takeOver: place,
    onTakeOver: onDone,
    platform,
  });
  assert(started.ok, started.ok ? '' : started.refusal.lines.join('\n'));
  assert(await done, 'its place is published');
  return { ...started.value, locationFile };
}
