import { describeDiscovery } from './discovery.contract.ts';
import { createMemoryAir } from './test/memory-discovery.ts';

describeDiscovery('in memory', async () => {
  const air = createMemoryAir();
  return [air.discovery(), air.discovery()];
});
