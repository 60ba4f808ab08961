import { expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import { eventOrderContract } from './event-order.contract.ts';
import { eventStoreContract } from './event-store.contract.ts';
import { forgottenDaysContract } from './forgotten-days.contract.ts';
import { createMemoryStore } from './memory-store.ts';
import { shelfContract } from './shelf.contract.ts';
import { append, HUB } from './test/sample-events.ts';

const platform = createTestPlatform({ now: 0, seed: 1 });

eventStoreContract('memory store', (device) => createMemoryStore({ device, platform }));

eventOrderContract('memory store', (device) => createMemoryStore({ device, platform }));

forgottenDaysContract('memory store', (device) => createMemoryStore({ device, platform }));

shelfContract('memory store', (device) => createMemoryStore({ device, platform }));

it('hands out events that nobody can change', () => {
  const { event } = append(createMemoryStore({ device: HUB, platform }), 'a');
  expect(() => Object.assign(event.payload, { text: 'changed' })).toThrow(TypeError);
});
