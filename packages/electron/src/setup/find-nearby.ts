/** Looks for hubs in the network, as long as the set-up is on the screen. */
import { createSocket, type Socket } from 'node:dgram';
import type { FoundHub } from '@aufruf/shared/bridge/shell-table';
import {
  DISCOVERY_BYTES,
  DISCOVERY_PORT,
  DISCOVERY_QUESTION,
  discoveryAnswerSchema,
} from '@aufruf/shared/protocol/discovery';
import type { ShellPlatform } from '../shell-platform.ts';

/** Questions get lost, and hubs start later. */
const LOOK_AGAIN_MS = 3_000;
/** Everybody in the networks this machine is in. */
const EVERYBODY = '255.255.255.255';

export interface FindNearbyOptions {
  readonly onFound: (hub: FoundHub) => void;
  readonly platform: ShellPlatform;
  /** Where to ask; others only in tests. */
  readonly target?: { readonly address: string; readonly port: number };
}

/** Returns the way to stop. A machine without a network finds nobody; that is all. */
export function findNearby({
  onFound,
  platform,
  target = { address: EVERYBODY, port: DISCOVERY_PORT },
}: FindNearbyOptions): () => void {
  const socket: Socket = createSocket('udp4');
  let isStopped = false;
  let cancelNext = (): void => {};

  function stop(): void {
    if (isStopped) return;
    isStopped = true;
    cancelNext();
    socket.close();
  }
  function ask(): void {
    if (isStopped) return;
    // Without a network there is nobody to ask; the next time there may be.
    socket.send(DISCOVERY_QUESTION, target.port, target.address, () => {});
    cancelNext = platform.schedule(LOOK_AGAIN_MS, ask);
  }

  socket.on('message', (message, { address }) => {
    if (message.length > DISCOVERY_BYTES) return;
    const parsed = discoveryAnswerSchema.safeParse(parseJson(message.toString('utf8')));
    if (!parsed.success) return;
    onFound({ hubUrl: `http://${address}:${parsed.data.port}`, location: parsed.data.location });
  });
  socket.on('error', (error) => {
    platform.log.warn('hubs of the network cannot be looked for', { error });
    stop();
  });
  socket.bind(() => {
    if (isStopped) return;
    socket.setBroadcast(true);
    ask();
  });
  return stop;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
