import { type Result, refuse } from '@aufruf/shared/lib/result';
import type { Heard } from '@aufruf/shared/protocol/discovery';
import { STATIONS_FORMAT, type Stations, stationsSchema } from '@aufruf/shared/protocol/stations';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestShellPlatform, type TestShellPlatform } from '../test/test-shell-platform.ts';
import type { AskRefusal } from './ask-stations.ts';
import { ASK_AGAIN_MS, createSetup, MAX_NEARBY, type Setup, type SetupChoice } from './setup.ts';

const both = (text: string) => ({ de: text, en: text });
const stations = stationsSchema.parse({
  format: STATIONS_FORMAT,
  location: { id: 'mitte', name: both('Mitte') },
  kiosk: [{ id: 'kiosk-1', name: both('Eingang') }],
  display: [{ id: 'display-1', name: both('Saal') }],
  counter: [],
});
type Answer = Result<Stations, AskRefusal>;

describe('the set-up', () => {
  let platform: TestShellPlatform;
  /** Questions that wait for an answer. */
  let asked: { readonly url: string; readonly answer: (answer: Answer) => void }[];
  let kept: SetupChoice[];
  let keepFails: boolean;
  let setup: Setup;
  /** Tells who is heard in the network; null while nobody looks. */
  let found: ((heard: readonly Heard[]) => void) | null;

  beforeEach(() => {
    platform = createTestShellPlatform();
    asked = [];
    kept = [];
    keepFails = false;
    found = null;
    setup = createSetup({
      app: 'kiosk',
      platform,
      ask: (url) => new Promise((answer) => asked.push({ url, answer })),
      discovery: {
        browse(onHeard) {
          found = onHeard;
          return () => {
            found = null;
          };
        },
      },
      keep(choice) {
        if (keepFails) throw new Error('no space left on device');
        kept.push(choice);
      },
    });
  });
  const search = () => setup.value.get().search;
  async function answerLast(answer: Answer): Promise<void> {
    asked.at(-1)?.answer(answer);
    await vi.waitFor(() => expect(search().state).not.toBe('asking'));
  }
  const hubFound: Answer = { ok: true, value: stations };

  it('asks the hub at the address and offers the stations of this kind', async () => {
    expect(setup.findHub('10.0.0.5')).toEqual({ ok: true, value: null });
    expect(search()).toEqual({ state: 'asking', hubUrl: 'http://10.0.0.5:4700' });
    await answerLast(hubFound);
    expect(search()).toEqual({
      state: 'found',
      hubUrl: 'http://10.0.0.5:4700',
      location: both('Mitte'),
      stations: stations.kiosk,
    });
  });

  it.each(['noAnswer', 'noHub', 'starting'] as const)('says what is wrong (%s) and keeps trying', async (reason) => {
    setup.findHub('10.0.0.5');
    for (let times = 1; times <= 3; times += 1) {
      await answerLast(refuse({ type: reason }));
      expect(search()).toEqual({ state: 'failing', hubUrl: 'http://10.0.0.5:4700', reason });
      platform.advance(ASK_AGAIN_MS);
      expect(asked).toHaveLength(times + 1);
    }
    asked.at(-1)?.answer(hubFound);
    await vi.waitFor(() => expect(search().state).toBe('found'));
    platform.advance(60_000);
    expect(asked).toHaveLength(4);
  });

  it('Bad input: what is no address is refused, and the search before it goes on', async () => {
    setup.findHub('10.0.0.5');
    expect(setup.findHub('ftp://10.0.0.6')).toEqual(refuse({ type: 'badAddress' }));
    await answerLast(hubFound);
    expect(search().state).toBe('found');
  });

  it('a late answer of an address that was given up is not shown', async () => {
    setup.findHub('10.0.0.5');
    setup.findHub('10.0.0.6');
    asked[0]?.answer(hubFound);
    await answerLast(refuse({ type: 'noAnswer' }));
    expect(search()).toMatchObject({ state: 'failing', hubUrl: 'http://10.0.0.6:4700' });
  });

  it('shows what holds now and asks its hub at once', () => {
    setup.begin({ hubUrl: 'http://10.0.0.5:4700', stationId: 'kiosk-1' });
    expect(setup.value.get()).toMatchObject({ hubUrl: 'http://10.0.0.5:4700', stationId: 'kiosk-1' });
    expect(asked.map(({ url }) => url)).toEqual(['http://10.0.0.5:4700']);
  });

  it('keeps the choice', async () => {
    setup.findHub('10.0.0.5');
    await answerLast(hubFound);
    expect(setup.save('kiosk-1').ok).toBe(true);
    expect(kept).toEqual([{ hubUrl: 'http://10.0.0.5:4700', stationId: 'kiosk-1', locationId: 'mitte' }]);
  });

  it('Bad input: nothing is kept before a hub was found, and no station it lacks', async () => {
    expect(setup.save('kiosk-1')).toEqual(refuse({ type: 'notReady' }));
    setup.findHub('10.0.0.5');
    await answerLast(hubFound);
    for (const id of ['kiosk-2', 'display-1', '', '../x'])
      expect(setup.save(id)).toEqual(refuse({ type: 'unknownStation' }));
    setup.findHub('10.0.0.6');
    expect(setup.save('kiosk-1')).toEqual(refuse({ type: 'notReady' }));
    expect(kept).toEqual([]);
  });

  it('says that the disk refused', async () => {
    setup.findHub('10.0.0.5');
    await answerLast(hubFound);
    keepFails = true;
    expect(setup.save('kiosk-1')).toEqual(refuse({ type: 'notSaved' }));
  });

  it('off the screen it asks nobody any more', async () => {
    setup.findHub('10.0.0.5');
    await answerLast(refuse({ type: 'noAnswer' }));
    setup.end();
    platform.advance(60_000);
    expect(asked).toHaveLength(1);
  });

  it('lists each hub of the network once, MAX_NEARBY of them at most, while it is on the screen', () => {
    setup.begin({ hubUrl: null, stationId: null });
    const hub = (url: string, name: string) => ({ role: 'hub', url, name: both(name) }) as Heard;
    const first = hub('http://10.0.0.1:4700', 'Mitte');
    found?.([hub('http://10.0.0.5:4700', 'Mitte'), first, hub('http://10.0.0.5:4700', 'Mitte neu')]);
    expect(setup.value.get().nearby.map(({ hubUrl, location }) => [hubUrl, location.de])).toEqual([
      ['http://10.0.0.1:4700', 'Mitte'],
      ['http://10.0.0.5:4700', 'Mitte neu'],
    ]);
    found?.([first, { ...hub('http://10.0.0.7:4702', 'Mitte'), role: 'relay' }]);
    expect(setup.value.get().nearby).toEqual([{ hubUrl: 'http://10.0.0.1:4700', location: both('Mitte') }]);
    found?.(Array.from({ length: MAX_NEARBY + 1 }, (_, n) => hub(`http://10.0.0.5:${n + 1}`, 'Mitte')));
    expect(setup.value.get().nearby).toHaveLength(MAX_NEARBY);
    setup.end();
    expect(found).toBeNull();
  });
});
