/**
 * A hub in a process of its own, for tests and development: forked by `hub-process.ts`, which may kill it at any
 * moment. Ends when told to, and when its parent is gone.
 */
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { startHub } from '@aufruf/hub/main';
import type { HubMessage, HubSettings } from './hub-settings.ts';

const settings: HubSettings = JSON.parse(process.argv[2] ?? '');
const send = (message: HubMessage) => process.send?.(message);

const started = await startHub({ ...settings, platform: createNodePlatform() });
if (started.ok) {
  const { close, port, url } = started.value;
  const end = () => void close().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('disconnect', end);
  // A terminal's Ctrl-C reaches the whole group; the parent decides.
  process.on('SIGINT', () => {});
  send({ type: 'up', port, url });
} else {
  send({ type: 'refused', lines: started.refusal.lines });
  process.disconnect();
}
