/** A hub's database on disk that has lived through some days, for the commands that look after databases. */
import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import { openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import type { Command } from '@aufruf/shared/domain/commands';
import { at, DAY } from '@aufruf/shared/domain/views/test/fixtures';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { addDays } from '@aufruf/shared/lib/local-time';
import { createHub } from '../hub.ts';
import { bigLocation } from './big-location.ts';
import { callNext, draw, finish, markArrived, openCounter } from './commands.ts';

/** Two tickets a day, one of them served. The last day stays open. */
export async function writeLivedDays(file: string, days: number, retentionDays = 30): Promise<void> {
  const platform = createTestPlatform({ now: at('09:00'), seed: 4 });
  const store = openSqliteStore({ file, device: 'hub' as DeviceId, platform });
  const hub = createHub({ store, platform, config: { ...bigLocation(), retentionDays } });
  const execute = async (command: Command) => {
    const answer = hub.execute(command);
    platform.advance(0);
    await answer;
  };
  for (let day = 0; day < days; day += 1) {
    if (day > 0) {
      platform.setWallClock(at('09:00', addDays(DAY, day)));
      platform.advance(2_000);
      platform.advance(2_000);
    }
    for (const command of [draw(), draw(), openCounter('counter-1'), callNext('counter-1')]) await execute(command);
    for (const command of [markArrived('counter-1'), finish('counter-1')]) await execute(command);
  }
  hub.close();
  store.close();
}
