import { expect, it } from 'vitest';
import { counterList } from './counter-list.ts';
import { at, calledVisit, dayState, openCounter, sessionId } from './test/fixtures.ts';
import { counterListSchema } from './view-schemas.ts';

it('lists all counters with area, clerk and visit, in the order of the configuration', () => {
  const called = calledVisit(1, 'counter-3', at('09:20'));
  const counters = [openCounter('counter-3', { visitId: called.id }), openCounter('counter-1', { presence: 'break' })];
  const view = counterListSchema.parse(counterList(dayState({ visits: [called], counters })));
  expect(view.counters.map(({ areaName, ...rest }) => ({ ...rest, area: areaName.en }))).toEqual([
    { id: 'counter-1', label: '1', area: 'North', presence: 'break', sessionId: sessionId(1), visitNumber: null },
    { id: 'counter-2', label: '2', area: 'North', presence: 'closed', sessionId: null, visitNumber: null },
    { id: 'counter-3', label: '2.14', area: 'South', presence: 'open', sessionId: sessionId(1), visitNumber: 'A001' },
  ]);
});

it('is null without a configuration', () => {
  expect(counterList(dayState({ config: null }))).toBeNull();
});
