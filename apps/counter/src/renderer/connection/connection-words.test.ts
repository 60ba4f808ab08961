import type { LinkState } from '@aufruf/shared/bridge/bridge';
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import { counterTexts } from '@aufruf/shared/i18n/counter/catalog';
import { LANGUAGES } from '@aufruf/shared/i18n/languages';
import { describe, expect, it } from 'vitest';
import { connectionWords } from './connection-words.ts';

const time = { here: (at: number) => `here ${at}`, host: (at: number) => `host ${at}` };
const link = (state: LinkState['state']): LinkState => ({ state, since: 1 });
const status = (mode: SyncStatus['mode'], eventsWaiting = 0): SyncStatus => ({
  mode,
  since: 2,
  eventsWaiting,
  hostAt: 3,
});
const words = (l: LinkState, s: SyncStatus | undefined) => connectionWords(counterTexts.de.connection, l, s, time);

describe('connection in words', () => {
  it('M1: says that the hub answers, since when, and how much is on its way', () => {
    const text = 'Verbunden seit host 2';
    expect(words(link('up'), status('ORDERED'))).toEqual({ tone: 'good', text, waiting: null });
    expect(words(link('up'), status('ORDERED', 1)).waiting).toBe('1 Vorgang noch nicht übertragen');
  });

  it('M1: a page that has reached its host only since is connected only since', () => {
    expect(words({ state: 'up', since: 5 }, status('ORDERED')).text).toBe('Verbunden seit here 5');
  });

  it.each(LANGUAGES)('M1-M3: every mode has words of its own, with the time since: %s', (language) => {
    const texts = (['ORDERED', 'CONNECTING', 'RELAY', 'ALONE'] as const).map(
      (mode) => connectionWords(counterTexts[language].connection, link('up'), status(mode), time).text,
    );
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).toMatch(/(here|host) \d/);
  });

  it('M2: says that another device stands in, and since when', () => {
    expect(words(link('up'), status('RELAY', 1))).toEqual({
      tone: 'warn',
      text: 'Standortserver fehlt seit host 2, ein anderes Gerät vertritt ihn',
      waiting: '1 Vorgang noch nicht übertragen',
    });
  });

  it('M3: says that nobody is reached, since when, and how much waits', () => {
    expect(words(link('up'), status('ALONE', 2))).toEqual({
      tone: 'bad',
      text: 'Keine Verbindung zum Standortserver seit host 2',
      waiting: '2 Vorgänge noch nicht übertragen',
    });
  });

  it('a dead link outweighs the last word of the host', () => {
    expect(words(link('down'), status('ORDERED')).text).toBe('Keine Verbindung zum Standortserver seit here 1');
  });

  it('says that it is connecting before the first word', () => {
    expect(words(link('up'), undefined).text).toBe('Verbindung wird aufgebaut seit here 1');
    expect(words(link('connecting'), status('ORDERED')).tone).toBe('warn');
    expect(words(link('up'), status('CONNECTING')).text).toBe('Verbindung wird aufgebaut seit host 2');
  });
});
