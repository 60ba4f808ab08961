/**
 * What became of commands of the day before (rule O6): whoever asked just before midnight repeats just after it, and must
 * get the same answer, not a second ticket. Remembered while the new day is young; a retry comes within minutes.
 */
import type { CommandOutcome } from '@aufruf/shared/domain/day/day-state';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { EventStore } from '../store/event-store.ts';
import type { DayLedger } from './day-ledger.ts';

/** A day with more rows than this is young no more. */
const YOUNG_DAY_ROWS = 500;

export interface EarlierCommands {
  /** `today` takes the place of this ledger. */
  leave(ledger: DayLedger): void;
  /** What is remembered may not have happened: read it from the store when it is asked for. */
  forget(): void;
  /** The outcome on the day before; undefined when it had none, or `today` is no longer young. Reads that day once. */
  get(id: CommandId, today: DayLedger): CommandOutcome | undefined;
}

export function createEarlierCommands(
  store: Pick<EventStore, 'days' | 'head'>,
  open: (day: LocalDate) => DayLedger,
): EarlierCommands {
  /** undefined: not looked for yet. */
  let before: DayLedger | null | undefined;

  function find(today: DayLedger): DayLedger | null {
    // ISO dates compare as text.
    const day = store.days().findLast((one) => one < today.day && store.head(one).n > 0);
    return day === undefined ? null : open(day);
  }

  return {
    leave: (ledger) => {
      before = ledger;
    },
    forget: () => {
      before = undefined;
    },
    get(id, today) {
      if (today.ordered().info.rows > YOUNG_DAY_ROWS) before = null;
      else if (before === undefined || (before !== null && before.day >= today.day)) before = find(today);
      const outcome = before?.state().commands.get(id);
      // Nobody will decide it any more: asked again today, it is today's.
      return outcome?.status === 'pending' ? undefined : outcome;
    },
  };
}
