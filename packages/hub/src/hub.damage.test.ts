/** A hub with browsers alone, whose file is damaged: nobody else has what it held (S2). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import { openConnection } from '@aufruf/engine/store/sqlite-connection';
import { openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import { at } from '@aufruf/shared/domain/views/test/fixtures';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHub } from './hub.ts';
import { bigLocation } from './test/big-location.ts';
import { writeLivedDays } from './test/lived-days.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-damaged-hub-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('S2, X1: what stood before and behind the damage is there after the next start, with its times and its numbers', async () => {
  const file = join(folder, 'hub.db');
  await writeLivedDays(file, 1);
  // The decision that gave the first ticket.
  const connection = openConnection(file);
  connection.exec(`UPDATE events SET payload = 'x' WHERE seq = 4`);
  connection.close();
  const platform = createTestPlatform({ now: at('10:00'), seed: 7 });
  const open = () => openSqliteStore({ file, device: 'hub' as DeviceId, platform });
  const start = (store: ReturnType<typeof open>) =>
    createHub({ store, platform, config: bigLocation(), mayHavePredecessor: true });

  const damaged = open();
  expect(() => start(damaged)).toThrow('start the program again');
  damaged.close();
  const store = open();
  const hub = start(store);
  const [visit] = hub.state().openVisits.values();
  expect(hub.state().openVisits.size).toBe(1);
  expect(visit).toMatchObject({ state: 'waiting', number: { text: 'A0002' } });
  expect(Math.abs((visit?.arrivedAt ?? 0) - at('09:00'))).toBeLessThan(1_000);
  hub.close();
  store.close();
});
