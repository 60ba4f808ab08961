import { join } from 'node:path';
import { toLocalDate } from '@aufruf/shared/lib/local-time';
import { beforeAll, describe, expect, it } from 'vitest';
import { reconstructOfficeDay } from '../arrivals/office-day.ts';
import { readQueueNames } from '../arrivals/queue-names.ts';
import { readOfficeDay } from '../arrivals/read-snapshots.ts';
import { makeReplayPlan, REPLAY_TIME_ZONE, type ReplayPlan } from './replay-plan.ts';

const fixture = (name: string) => join(import.meta.dirname, '../arrivals/fixture', name);

let plan: ReplayPlan;
let drawn: number;
beforeAll(async () => {
  const read = await readOfficeDay(fixture('snapshots.csv'), 'USC_Smyczkowa', '2020-12-30');
  const names = await readQueueNames(fixture('queues.csv'), 'USC_Smyczkowa');
  if (!read.ok || !names.ok) throw new Error('fixture');
  const day = reconstructOfficeDay(read.value);
  drawn = day.queues.reduce((sum, queue) => sum + queue.arrivals.length, 0);
  plan = makeReplayPlan(day, names.value, { maxCounters: 5, seed: 1 });
});

describe('makeReplayPlan', () => {
  it('plays the true date, in Warsaw, with every arrival in order of time', () => {
    expect(plan.date).toBe('2019-12-30');
    expect(plan.visitors).toHaveLength(drawn);
    expect(plan.visitors.map((visitor) => visitor.at)).toEqual(plan.visitors.map((visitor) => visitor.at).sort());
    for (const { at } of plan.visitors) expect(toLocalDate(at, REPLAY_TIME_ZONE)).toBe('2019-12-30');
    expect(plan.startAt).toBeLessThan(plan.visitors[0]!.at);
  });
  it('has every service at a counter, all references meet, prefixes differ', () => {
    const { services, counters, series, kiosks } = plan.config;
    expect(counters.length).toBeLessThanOrEqual(5);
    const served = new Set(counters.flatMap((counter) => counter.primaryServiceIds));
    const serviceIds = new Set<string>(services.map((service) => service.id));
    expect([...served].sort()).toEqual([...serviceIds].sort());
    expect(new Set(series.map((each) => each.prefix)).size).toBe(series.length);
    for (const service of services) expect(series.map((each) => each.id)).toContain(service.seriesId);
    for (const visitor of plan.visitors) {
      expect(serviceIds).toContain(visitor.serviceId);
      expect(kiosks.map((kiosk) => kiosk.id as string)).toContain(visitor.kioskId);
    }
    expect(plan.clerks.map((clerk) => clerk.counterId)).toEqual(counters.map((counter) => counter.id));
  });
  it('names services as the office does', () => {
    expect(plan.config.services.find((service) => service.id === 'queue-110')?.name.de).toMatch(/\p{L}{4}/u);
  });
  it('survives the way through a file', () => {
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });
});
