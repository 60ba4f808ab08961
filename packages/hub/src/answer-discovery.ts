/** Answers devices that look for hubs in the network (shared/protocol/discovery.ts). The hub works without it, too. */
import { createSocket } from 'node:dgram';
import type { Log } from '@aufruf/engine/platform/platform';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import {
  DISCOVERY_BYTES,
  DISCOVERY_PORT,
  DISCOVERY_QUESTION,
  type DiscoveryAnswer,
} from '@aufruf/shared/protocol/discovery';

export interface DiscoveryOptions {
  /** Of the web server. */
  readonly port: number;
  /** Null until one is published: then the hub keeps silent. */
  readonly config: () => LocationConfig | null;
  readonly log: Log;
  /** Another one only in tests. */
  readonly discoveryPort?: number;
}

/** Returns the way to stop. A port that is taken is no reason to stop: the hub can still be found by its address. */
export function answerDiscovery({ port, config, log, discoveryPort = DISCOVERY_PORT }: DiscoveryOptions): () => void {
  // Several hubs on one machine hear the same question.
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (message, { address, port: from }) => {
    if (message.length !== DISCOVERY_BYTES || message.toString('latin1') !== DISCOVERY_QUESTION) return;
    const location = config()?.name;
    if (location === undefined) return;
    const answer: DiscoveryAnswer = { format: 'aufruf-hub-1', port, location };
    const text = Buffer.from(JSON.stringify(answer));
    // A name that long is left out rather than sent in part.
    if (text.length > DISCOVERY_BYTES) return;
    // Whoever asked may be gone, or behind a firewall.
    socket.send(text, from, address, () => {});
  });
  socket.on('error', (error) => {
    log.warn('devices cannot find this hub by themselves', { error });
    stop();
  });
  let isStopped = false;
  function stop(): void {
    if (isStopped) return;
    isStopped = true;
    socket.close();
  }
  socket.bind(discoveryPort);
  // The web server keeps the process alive; this alone must not.
  socket.unref();
  return stop;
}
