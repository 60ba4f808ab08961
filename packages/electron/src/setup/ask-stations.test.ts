import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_STATIONS_TEXT, STATIONS_FORMAT } from '@aufruf/shared/protocol/stations';
import { afterEach, describe, expect, it } from 'vitest';
import { askStations } from './ask-stations.ts';

const both = (text: string) => ({ de: text, en: text });
const stations = {
  format: STATIONS_FORMAT,
  location: { id: 'mitte', name: both('Mitte') },
  kiosk: [{ id: 'kiosk-1', name: both('Eingang') }],
  display: [],
  counter: [],
};

describe('askStations', () => {
  let server: Server;
  afterEach(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const answering = (text: string, status = 200) =>
    serve((_request, response) => response.writeHead(status, { location: '/elsewhere' }).end(text));

  it('learns the stations', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.end(JSON.stringify({ ...stations, fromANewerHub: true }));
    });
    expect(await askStations(url)).toMatchObject({ ok: true, value: stations });
    expect(asked).toEqual(['/stations']);
  });

  it.each([
    ['a page of somebody else', '<html>', 200],
    ['other JSON', '{"status":"ok"}', 200],
    ['another format', JSON.stringify({ ...stations, format: 'aufruf-stations-2' }), 200],
    ['a station that is none', JSON.stringify({ ...stations, kiosk: [{ id: '../x', name: both('') }] }), 200],
    ['no such page', '', 404],
    ['a way elsewhere', '', 302],
    ['too much', `${JSON.stringify(stations)}${' '.repeat(MAX_STATIONS_TEXT)}`, 200],
  ])('Bad input: %s is no hub', async (_what, text, status) => {
    expect(await askStations(await answering(text, status))).toEqual({ ok: false, refusal: { type: 'noHub' } });
  });

  it('an answer at the edge of MAX_STATIONS_TEXT is read', async () => {
    const text = JSON.stringify(stations).padEnd(MAX_STATIONS_TEXT, ' ');
    expect((await askStations(await answering(text))).ok).toBe(true);
  });

  it('says that a hub is not ready yet', async () => {
    expect(await askStations(await answering('null', 503))).toEqual({ ok: false, refusal: { type: 'starting' } });
  });

  it('says that nobody answers: nobody there, or nobody who speaks', async () => {
    const url = await serve(() => {});
    expect(await askStations(url, 200)).toEqual({ ok: false, refusal: { type: 'noAnswer' } });
    // Port 9 is nobody's.
    expect(await askStations('http://127.0.0.1:9')).toEqual({ ok: false, refusal: { type: 'noAnswer' } });
  });
});
