import { describe, expect, it } from 'vitest';
import { MAX_TEXT_LENGTH } from '../../i18n/languages.ts';
import { configJson } from '../views/test/fixtures.ts';
import { PATTERN_WORDS } from './expected-words.ts';
import { type JsonSchemaNode, locationJsonSchema } from './json-schema.ts';
import { MAX_CONFIG_BYTES, MAX_PROBLEMS, parseLocationConfig } from './parse-config.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests break the file in ways its type forbids.
type Loose = any;

/** The problems of the test office after `change`, as "path: expected". */
function problems(change: (json: Loose) => void): string[] {
  const json = configJson();
  change(json);
  const parsed = parseLocationConfig(json);
  return parsed.ok ? [] : parsed.refusal.problems.map(({ path, expected }) => `${path}: ${expected}`);
}

describe('A broken configuration names the path of each mistake and what was expected, in plain words', () => {
  it('accepts a sound one and fills in the defaults', () => {
    const parsed = parseLocationConfig(configJson());
    expect(parsed).toMatchObject({ ok: true, value: { counterWord: 'counter', callingPolicy: { agingAfterMin: 45 } } });
  });

  it('numbers', () => {
    const expected = 'services[3].durationMin: a whole number from 1 to 240';
    for (const wrong of [0, 241, 1.5, '15', null]) {
      expect(problems((json) => (json.services[3].durationMin = wrong))).toEqual([expected]);
    }
    for (const right of [1, 240]) expect(problems((json) => (json.services[3].durationMin = right))).toEqual([]);
  });

  it('D2: days are kept for 30 days if nothing is said, for one at least, for ten years at most', () => {
    const parsed = parseLocationConfig(configJson());
    expect(parsed.ok && parsed.value.retentionDays).toBe(30);
    for (const right of [1, 3_650]) expect(problems((json) => (json.retentionDays = right))).toEqual([]);
    for (const wrong of [0, 3_651]) {
      expect(problems((json) => (json.retentionDays = wrong))).toEqual([
        'retentionDays: a whole number from 1 to 3650',
      ]);
    }
  });

  it('fields that are missing, and fields nobody knows', () => {
    expect(problems((json) => delete json.timeZone)).toEqual(['timeZone: a text of 1 to 64 characters (missing)']);
    expect(problems((json) => (json.areas[1].colour = 'red'))).toEqual([
      'areas[1].colour: no field of this name; here are known: id, name',
    ]);
  });

  it('choices, texts, ids, dates, times, addresses, lists', () => {
    expect(problems((json) => (json.services[0].priority = 3))).toEqual(['services[0].priority: one of 0, 1, 2']);
    expect(problems((json) => (json.format = 2))).toEqual(['format: 1']);
    expect(problems((json) => (json.counterWord = 'door'))).toEqual(['counterWord: one of "desk", "counter", "room"']);
    expect(problems((json) => (json.name.de = ''))).toEqual([`name.de: a text of 1 to ${MAX_TEXT_LENGTH} characters`]);
    expect(problems((json) => (json.areas[0].id = 'Nord'))[0]).toContain('areas[0].id: an id of lower-case letters');
    expect(problems((json) => (json.areas[0].id = 7))[0]).toContain('areas[0].id: an id of lower-case letters');
    expect(problems((json) => (json.series[0].prefix = 'O'))).toEqual([
      'series[0].prefix: one capital letter other than I, O and Q',
    ]);
    expect(problems((json) => (json.openingHours.exceptions[0].date = '25.12.2026'))).toEqual([
      'openingHours.exceptions[0].date: a date like "2026-03-29"',
    ]);
    expect(problems((json) => (json.openingHours.weekly.tue = [{ from: '7', to: '19:00' }]))).toEqual([
      'openingHours.weekly.tue[0].from: a time from "00:00" to "24:00", like "07:30"',
    ]);
    expect(problems((json) => (json.publicUrl = 'ftp://example.org'))[0]).toContain('publicUrl: an address like');
    expect(problems((json) => (json.languages = []))).toEqual(['languages: a list of at least 1 entry']);
    expect(problems((json) => (json.areas = []))).toEqual(['areas: a list of 1 to 20 entries']);
    expect(problems((json) => (json.callingPolicy = { agingAfterMin: 4 }))).toEqual([
      'callingPolicy.agingAfterMin: a whole number from 5 to 480',
    ]);
  });

  it('something that is no configuration at all', () => {
    for (const wrong of [null, undefined, 7, 'text', []]) {
      const parsed = parseLocationConfig(wrong);
      expect(parsed.ok ? [] : parsed.refusal.problems[0]?.path).toBe('(whole file)');
    }
  });

  it('lists every problem, up to 20', () => {
    const badAreas = (count: number) => (json: Loose) => {
      json.areas = Array.from({ length: count }, () => ({ id: 'X', name: { de: 'x', en: 'x' } }));
    };
    expect(problems(badAreas(MAX_PROBLEMS - 1))).toHaveLength(MAX_PROBLEMS - 1);
    expect(problems(badAreas(MAX_PROBLEMS))).toHaveLength(MAX_PROBLEMS);
    expect(MAX_PROBLEMS).toBe(20);
    const many = problems((json) => {
      json.services = Array.from({ length: 30 }, () => ({ ...json.services[0], durationMin: 0 }));
    });
    expect(many).toHaveLength(MAX_PROBLEMS);
  });

  it('has words for every pattern of the schema', () => {
    const patterns = new Set<string>();
    const collect = (node: JsonSchemaNode) => {
      if (node.pattern !== undefined) patterns.add(node.pattern);
      for (const child of [...Object.values(node.properties ?? {}), ...(node.anyOf ?? [])]) collect(child);
      if (node.items !== undefined) collect(node.items);
    };
    collect(locationJsonSchema());
    expect([...patterns].sort()).toEqual(Object.keys(PATTERN_WORDS).sort());
  });

  it('accepts a configuration that just fits into one event and refuses one byte more', () => {
    const sized = (bytes: number) => {
      const json: Loose = configJson();
      const filler = 'ü'.repeat(MAX_TEXT_LENGTH);
      const padded = { de: filler, en: filler };
      const length = () => {
        const parsed = parseLocationConfig(json);
        return parsed.ok ? new TextEncoder().encode(JSON.stringify(parsed.value)).length : Number.POSITIVE_INFINITY;
      };
      for (let i = 0; length() + 2_000 < bytes; i += 1) {
        const service = structuredClone(json.services[0]);
        json.services.push({ ...service, id: `filler-${i}`, name: padded });
        json.counters[0].primaryServiceIds.push(`filler-${i}`);
      }
      // The rest in hints of one-byte letters: `{"de":"…","en":"x"},` costs 20 bytes more than its text.
      for (let rest = bytes - length(); rest > 0; rest = bytes - length()) {
        const text = Math.min(MAX_TEXT_LENGTH, rest > 2 * MAX_TEXT_LENGTH ? MAX_TEXT_LENGTH : Math.floor(rest / 2));
        if (rest <= MAX_TEXT_LENGTH) {
          json.areas[1].name.en = 'x'.repeat(json.areas[1].name.en.length + rest);
          break;
        }
        json.services[3].bring.push({ de: 'x'.repeat(text - 20), en: 'x' });
      }
      return json;
    };
    const fits = sized(MAX_CONFIG_BYTES);
    expect(parseLocationConfig(fits).ok).toBe(true);
    fits.areas[1].name.de += 'x';
    const parsed = parseLocationConfig(fits);
    expect(parsed.ok ? null : parsed.refusal.problems).toEqual([
      {
        path: '(whole file)',
        expected: `at most ${MAX_CONFIG_BYTES} bytes without white space; it has ${MAX_CONFIG_BYTES + 1}`,
      },
    ]);
  });
});
