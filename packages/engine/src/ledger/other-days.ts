/**
 * What became of commands on the days beside today's (rule O6). Whoever asked just before midnight repeats just after it, and
 * must get the same answer, not a second ticket: remembered while the new day is young; a retry comes within minutes. And a
 * device that opened a day alone and is then served by a hub or relay whose clock is behind goes back a day.
 */
import type { CommandOutcome } from '@aufruf/shared/domain/day/day-state';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { EventStore } from '../store/event-store.ts';
import type { DayLedger } from './day-ledger.ts';

/** A day with more rows than this is young no more. */
const YOUNG_DAY_ROWS = 500;

export interface OtherDays {
  /** Another day takes the place of this ledger, which is closed when it is no longer asked. */
  leave(ledger: DayLedger): void;
  /** What is remembered may not have happened: read it from the store when it is asked for. */
  forget(): void;
  /**
   * The outcome on the day after `today`, or on the day before while `today` is young; undefined when it had none. Reads each of
   * the two days once.
   */
  outcomeOf(id: CommandId, today: DayLedger): CommandOutcome | undefined;
}

export function createOtherDays(
  store: Pick<EventStore, 'days' | 'head'>,
  openLedger: (day: LocalDate) => DayLedger,
): OtherDays {
  let left: DayLedger | null = null;
  /** Not closed yet. */
  const open = new Set<DayLedger>();
  let known: { readonly today: LocalDate; before: DayLedger | null; readonly after: DayLedger | null } | null = null;

  const ledgerOf = (day: LocalDate | undefined): DayLedger | null => {
    if (day === undefined) return null;
    const ledger = left?.day === day ? left : openLedger(day);
    open.add(ledger);
    return ledger;
  };
  const closeOthers = (): void => {
    for (const ledger of open) {
      if (ledger === left || ledger === known?.before || ledger === known?.after) continue;
      ledger.close();
      open.delete(ledger);
    }
  };

  /** ISO dates compare as text. */
  function find(today: LocalDate) {
    const days = store.days();
    const before = days.findLast((day) => day < today && (day === left?.day || store.head(day).n > 0));
    return { today, before: ledgerOf(before), after: ledgerOf(days.find((day) => day > today)) };
  }

  return {
    leave: (ledger) => {
      left = ledger;
      known = null;
      open.add(ledger);
      closeOthers();
    },
    forget: () => {
      left = null;
      known = null;
      closeOthers();
    },
    outcomeOf(id, today) {
      if (known?.today !== today.day) {
        known = find(today.day);
        closeOthers();
      }
      if (today.ordered().info.rows > YOUNG_DAY_ROWS) {
        known.before = null;
        // A whole day's state is not kept for nothing.
        if (left !== null && left.day < today.day) left = null;
        closeOthers();
      }
      const [after, before] = [known.after, known.before].map((ledger) => ledger?.state().commands.get(id));
      const outcome = after ?? before;
      // Nobody will decide it any more: asked again today, it is today's.
      return outcome?.status === 'pending' ? undefined : outcome;
    },
  };
}
