/** A day's state as one text: byte-identical exactly if all entities are, in the same order of iteration (rule X5). */
import { canonicalJson } from '../../../sync/canonical-json.ts';
import type { DayState } from '../day-state.ts';

export const dayToJson = (state: DayState): string =>
  canonicalJson({
    info: state.info,
    openVisits: [...state.openVisits.values()],
    closedVisits: [...state.closedVisits.values()],
    codes: [...state.visitIdsByCode.values()],
    counters: [...state.counters.values()],
    series: [...state.series.values()],
    commands: [...state.commands.values()],
    rejections: state.rejections,
  });
