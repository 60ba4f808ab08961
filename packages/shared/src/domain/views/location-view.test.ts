import { expect, it } from 'vitest';
import { locationView } from './location-view.ts';
import { DAY, dayState } from './test/fixtures.ts';
import { locationViewSchema } from './view-schemas.ts';

it('names groups, services and counters, and tells day and configuration', () => {
  const view = locationViewSchema.parse(locationView(dayState()));
  expect(view).toMatchObject({ day: DAY, dayStatus: 'open', configVersion: 1, timeZone: 'Europe/Berlin' });
  expect(view.groups.map(({ id }) => id)).toEqual(['papers', 'residence']);
  expect(view.services[1]).toEqual({
    id: 'pickup',
    groupId: 'papers',
    name: { de: 'Pickup (deutsch)', en: 'Pickup' },
    durationMin: 5,
  });
  expect(view.counters[2]).toEqual({ id: 'counter-3', label: '2.14', serviceIds: ['permit', 'extension', 'id-card'] });
});

it('is null without a configuration', () => {
  expect(locationView(dayState({ config: null }))).toBeNull();
});
