/**
 * What a schema cannot say: that names refer to something and mean one thing, that numbers do not collide (rule N1),
 * and that no citizen is led to a service which nobody serves. Expects a configuration of the right shape.
 */
import { isTimeZone } from '../../lib/local-time.ts';
import { checkHours } from './check-hours.ts';
import { checkSeries } from './check-series.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { LocationConfig } from './schema.ts';

/** Device ids that no counter, kiosk or display may take: the hub is a device too. */
const RESERVED_DEVICE_IDS: ReadonlySet<string> = new Set(['hub']);

/** All problems, in the file's order within each check. */
export function checkReferences(config: LocationConfig): readonly ConfigProblem[] {
  return [
    ...checkLocation(config),
    ...checkIds(config),
    ...checkSeries(config),
    ...checkServices(config),
    ...checkCounters(config),
    ...checkRelays(config),
    ...checkAreas('kiosks', config),
    ...checkAreas('displays', config),
    ...checkHours('openingHours', config.openingHours),
    ...config.services.flatMap(({ openingHours }, i) =>
      openingHours === undefined ? [] : checkHours(`services[${i}].openingHours`, openingHours),
    ),
  ];
}

function checkLocation({ timeZone, languages }: LocationConfig): ConfigProblem[] {
  const problems = repeated(languages, (i) => `languages[${i}]`);
  if (isTimeZone(timeZone)) return problems;
  return [{ path: 'timeZone', expected: 'a time zone of the IANA list, like "Europe/Berlin"' }, ...problems];
}

function checkIds(config: LocationConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const list of ['areas', 'series', 'groups', 'services'] as const) {
    problems.push(
      ...repeated(
        config[list].map(({ id }) => id),
        (i) => `${list}[${i}].id`,
      ),
    );
  }
  // Counters, kiosks and displays are devices: their ids share one space.
  const seen = new Map<string, string>();
  for (const list of ['counters', 'kiosks', 'displays'] as const) {
    config[list].forEach(({ id }, i) => {
      const path = `${list}[${i}].id`;
      const first = seen.get(id);
      if (RESERVED_DEVICE_IDS.has(id)) problems.push({ path, expected: `another id: "${id}" is the hub's` });
      else if (first !== undefined) problems.push({ path, expected: `another id: "${id}" is taken by ${first}` });
      else seen.set(id, path);
    });
  }
  return problems;
}

function checkServices(config: LocationConfig): ConfigProblem[] {
  const groups = new Set(config.groups.map(({ id }) => id));
  const areas = new Set(config.areas.map(({ id }) => id));
  const series = new Set(config.series.map(({ id }) => id));
  const served = new Set(config.counters.flatMap((c) => [...c.primaryServiceIds, ...c.fallbackServiceIds]));
  const offered = new Set(config.kiosks.flatMap((kiosk) => kiosk.areaIds));
  return config.services.flatMap((service, i): ConfigProblem[] => {
    const path = `services[${i}]`;
    const problems = [
      ...unknown([service.groupId], groups, 'groups', () => `${path}.groupId`),
      ...unknown([service.areaId], areas, 'areas', () => `${path}.areaId`),
      ...unknown([service.seriesId], series, 'series', () => `${path}.seriesId`),
      ...repeated(service.access, (n) => `${path}.access[${n}]`),
    ];
    if (!served.has(service.id)) {
      problems.push({ path, expected: `a counter that serves "${service.id}"; no counter names it` });
    }
    // A location without any kiosk hands out its tickets at the counters.
    const needsKiosk = service.access.includes('walkIn') && config.kiosks.length > 0 && areas.has(service.areaId);
    if (needsKiosk && !offered.has(service.areaId)) {
      problems.push({
        path: `${path}.areaId`,
        expected: `an area that a kiosk offers, since the service takes walk-ins; no kiosk offers "${service.areaId}"`,
      });
    }
    return problems;
  });
}

function checkCounters(config: LocationConfig): ConfigProblem[] {
  const areas = new Set(config.areas.map(({ id }) => id));
  const services = new Set(config.services.map(({ id }) => id));
  const labels = config.counters.map(({ label }) => label);
  return [
    // Two doors of one name send citizens to the wrong one.
    ...repeated(labels, (i) => `counters[${i}].label`),
    ...config.counters.flatMap(({ areaId, primaryServiceIds, fallbackServiceIds }, i): ConfigProblem[] => {
      const path = `counters[${i}]`;
      const primary = new Set(primaryServiceIds);
      return [
        ...unknown([areaId], areas, 'areas', () => `${path}.areaId`),
        ...unknown(primaryServiceIds, services, 'services', (n) => `${path}.primaryServiceIds[${n}]`),
        ...repeated(primaryServiceIds, (n) => `${path}.primaryServiceIds[${n}]`),
        ...unknown(fallbackServiceIds, services, 'services', (n) => `${path}.fallbackServiceIds[${n}]`),
        ...repeated(fallbackServiceIds, (n) => `${path}.fallbackServiceIds[${n}]`),
        ...fallbackServiceIds.flatMap((id, n) =>
          primary.has(id)
            ? [
                {
                  path: `${path}.fallbackServiceIds[${n}]`,
                  expected: `a service that is not among the counter's primaryServiceIds; "${id}" is`,
                },
              ]
            : [],
        ),
      ];
    }),
  ];
}

/** A display decides nothing, so it stands in for no hub (X8). */
function checkRelays({ kiosks, counters, sync }: LocationConfig): ConfigProblem[] {
  const devices = new Set([...kiosks, ...counters].map(({ id }): string => id));
  const relays = sync?.relays ?? [];
  return [
    ...repeated(
      relays.map(({ device }) => device),
      (i) => `sync.relays[${i}].device`,
    ),
    ...relays.flatMap(({ device }, i) =>
      devices.has(device)
        ? []
        : [
            {
              path: `sync.relays[${i}].device`,
              expected: `the id of a kiosk or counter; there is none called "${device}"`,
            },
          ],
    ),
  ];
}

function checkAreas(list: 'kiosks' | 'displays', config: LocationConfig): ConfigProblem[] {
  const areas = new Set(config.areas.map(({ id }) => id));
  return config[list].flatMap(({ areaIds }, i) => [
    ...unknown(areaIds, areas, 'areas', (n) => `${list}[${i}].areaIds[${n}]`),
    ...repeated(areaIds, (n) => `${list}[${i}].areaIds[${n}]`),
  ]);
}

function unknown(
  ids: readonly string[],
  known: ReadonlySet<string>,
  list: string,
  pathOf: (index: number) => string,
): ConfigProblem[] {
  return ids.flatMap((id, i) =>
    known.has(id) ? [] : [{ path: pathOf(i), expected: `the id of an entry of ${list}; there is none called "${id}"` }],
  );
}

function repeated(values: readonly string[], pathOf: (index: number) => string): ConfigProblem[] {
  const first = new Map<string, number>();
  return values.flatMap((value, i) => {
    const before = first.get(value);
    if (before === undefined) {
      first.set(value, i);
      return [];
    }
    return [{ path: pathOf(i), expected: `a value of its own; "${value}" stands already in ${pathOf(before)}` }];
  });
}
