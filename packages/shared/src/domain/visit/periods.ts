/**
 * The spans a visit consists of. They follow each other without a gap: one ends when the next begins, and none ends
 * before it began, even where the times of two entries of the log run backwards (rule T1).
 */
import { assert } from '../../lib/assert.ts';
import type { CounterId, ServiceId } from '../../lib/ids.ts';
import type { EpochMs } from '../../lib/time.ts';
import { openServiceId } from '../calling-order/open-service.ts';
import type { Period, PeriodKind, Visit } from './visit.ts';

/** The service waited for or being served. A visit has one at least, and an open one has an open one. */
function currentServiceId(visit: Pick<Visit, 'parts'>): ServiceId {
  const serviceId = openServiceId(visit) ?? visit.parts.at(-1)?.serviceId;
  assert(serviceId !== undefined, 'a visit has at least one part');
  return serviceId;
}

/** The periods with the last one ended, if it was open. */
export function endPeriod(periods: readonly Period[], at: EpochMs): readonly Period[] {
  const last = periods.at(-1);
  if (last === undefined || last.endedAt !== null) return periods;
  return [...periods.slice(0, -1), { ...last, endedAt: Math.max(last.startedAt, at) }];
}

/** The periods with the open one ended and one of `kind` begun where it ended. */
export function nextPeriod(
  visit: Pick<Visit, 'parts' | 'periods'>,
  kind: PeriodKind,
  at: EpochMs,
  counterId: CounterId | null,
): readonly Period[] {
  const ended = endPeriod(visit.periods, at);
  const startedAt = Math.max(at, ended.at(-1)?.endedAt ?? at);
  return [...ended, { kind, startedAt, endedAt: null, serviceId: currentServiceId(visit), counterId }];
}
