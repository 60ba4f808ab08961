/** A device that looks for hubs, and hubs that answer, over real UDP on this machine. */
import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { findNearby } from '@aufruf/electron/setup/find-nearby';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { answerDiscovery } from '@aufruf/hub/answer-discovery';
import type { FoundHub } from '@aufruf/shared/bridge/shell-table';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { DISCOVERY_BYTES, DISCOVERY_QUESTION } from '@aufruf/shared/protocol/discovery';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const platform = createNodePlatform({ log: quiet });
const both = (text: string) => ({ de: text, en: text });
const bind = (socket: Socket, port = 0) =>
  new Promise<number>((resolve) =>
    socket.bind(port, '127.0.0.1', () => resolve((socket.address() as AddressInfo).port)),
  );

describe('finding hubs in the network', () => {
  let discoveryPort: number;
  let stops: (() => void)[];
  beforeEach(async () => {
    stops = [];
    const probe = createSocket('udp4');
    discoveryPort = await bind(probe);
    await new Promise<void>((resolve) => probe.close(() => resolve()));
  });
  afterEach(() => {
    for (const stop of stops) stop();
  });
  const hub = (port: number, name: string | null) => {
    const config = () => (name === null ? null : ({ name: both(name) } as unknown as LocationConfig));
    stops.push(answerDiscovery({ port, config, log: quiet, discoveryPort }));
  };
  function look(): FoundHub[] {
    const found: FoundHub[] = [];
    const target = { address: '127.0.0.1', port: discoveryPort };
    stops.push(findNearby({ platform, target, onFound: (each) => found.push(each) }));
    return found;
  }

  it('a hub is found with its address and its location\u2019s name', async () => {
    hub(4711, 'Hamburg-Mitte');
    const found = look();
    await vi.waitFor(() =>
      expect(found).toEqual([{ hubUrl: 'http://127.0.0.1:4711', location: both('Hamburg-Mitte') }]),
    );
  });

  it('a hub that starts later is found, too', async () => {
    const found = look();
    hub(4711, 'Hamburg-Mitte');
    await vi.waitFor(() => expect(found).not.toEqual([]), { timeout: 8_000 });
  });

  it('Bad input: a hub answers its question alone, and never with more than it was sent', async () => {
    hub(4711, 'Hamburg-Mitte');
    const asker = createSocket('udp4');
    const answers: Buffer[] = [];
    asker.on('message', (message) => answers.push(message));
    await bind(asker);
    const ask = (text: string) => asker.send(text, discoveryPort, '127.0.0.1');
    for (const text of [
      '',
      'aufruf-who-is-there-1',
      DISCOVERY_QUESTION.slice(1),
      `${DISCOVERY_QUESTION}.`,
      'x'.repeat(DISCOVERY_BYTES),
    ])
      ask(text);
    ask(DISCOVERY_QUESTION);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    expect(answers[0]?.length).toBeLessThanOrEqual(DISCOVERY_BYTES);
    asker.close();
  });

  it('a hub without a location, or whose name does not fit, keeps silent', async () => {
    const names = [null, 'x'.repeat(DISCOVERY_BYTES), 'Mitte'];
    const config = () => {
      const name = names.shift() ?? null;
      return name === null ? null : ({ name: both(name) } as unknown as LocationConfig);
    };
    stops.push(answerDiscovery({ port: 4711, config, log: quiet, discoveryPort }));
    const asker = createSocket('udp4');
    const answers: string[] = [];
    asker.on('message', (message) => answers.push(message.toString()));
    await bind(asker);
    for (const _name of [...names]) asker.send(DISCOVERY_QUESTION, discoveryPort, '127.0.0.1');
    await vi.waitFor(() => expect(answers).toEqual([expect.stringContaining('Mitte')]));
    asker.close();
  });

  it.each([
    '',
    'null',
    '{"format":"aufruf-hub-2","port":1,"location":{"de":"x","en":"x"}}',
    '{"format":"aufruf-hub-1","port":0,"location":{"de":"x","en":"x"}}',
    '{"format":"aufruf-hub-1","port":4711,"location":{"de":""}}',
    `{"format":"aufruf-hub-1","port":4711,"location":{"de":"x","en":"x"},"more":"${'x'.repeat(DISCOVERY_BYTES)}"}`,
  ])('Bad input: the answer %j is not shown', async (answer) => {
    const liar = createSocket('udp4');
    const proper = '{"format":"aufruf-hub-1","port":4711,"location":{"de":"x","en":"x"}}';
    liar.on('message', (_message, { port, address }) => {
      liar.send(answer, port, address);
      liar.send(proper, port, address);
    });
    await bind(liar, discoveryPort);
    const found = look();
    await vi.waitFor(() => expect(found).toHaveLength(1));
    liar.close();
  });
});
