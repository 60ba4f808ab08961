/** O7: as many rows, the same state; where it differs from the hub's, somebody's software is wrong, and the log says so. */
import type { DayLedger, StateCheck } from '../ledger/day-ledger.ts';
import type { Log } from '../platform/platform.ts';

export interface StateComparison {
  /** The hub's hash after a row, which this device may not have reached yet. */
  await(check: StateCheck): void;
  /** Compares, once that row is here. */
  compare(): void;
  /** Another day is followed. */
  forget(): void;
}

export function createStateComparison(
  ledger: () => Pick<DayLedger, 'checkAt'>,
  log: Pick<Log, 'error'>,
): StateComparison {
  let awaited: StateCheck | null = null;

  function compare(): void {
    const own = awaited === null ? null : ledger().checkAt(awaited.n);
    if (awaited === null || own === null) return;
    if (own.stateHash !== awaited.stateHash) log.error('the state differs from the hub\u2019s', { row: own.n });
    awaited = null;
  }

  return {
    await(check) {
      awaited = check;
      compare();
    },
    compare,
    forget() {
      awaited = null;
    },
  };
}
