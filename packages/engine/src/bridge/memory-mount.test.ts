import { bridgeContract } from '@aufruf/shared/bridge/bridge.contract';
import { createNodePlatform } from '../platform/node-platform.ts';
import { openMemoryBridge } from './memory-mount.ts';
import { createTopicPublisher } from './topic-publisher.ts';

bridgeContract('memory', async (host) => {
  let monoMs = 0;
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const platform = { ...createNodePlatform({ log: quiet }), monoMs: () => monoMs };
  const publisher = createTopicPublisher({ host, platform });
  const open: { close(): void }[] = [];
  return {
    async open(caller) {
      const bridge = openMemoryBridge({ host, caller, publisher, platform });
      open.push(bridge);
      return { bridge, sendRaw: bridge.sendRaw };
    },
    passTime(ms) {
      monoMs += ms;
    },
    async close() {
      for (const bridge of open) bridge.close();
      publisher.close();
    },
  };
});
