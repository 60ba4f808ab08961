import { readFileSync } from 'node:fs';
import { parseLocationConfig } from '@aufruf/shared/domain/location-config/parse-config';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LOCATION_FILE } from './start-options.ts';
import { type StartFacts, startText } from './start-text.ts';

const parsed = parseLocationConfig(JSON.parse(readFileSync(DEFAULT_LOCATION_FILE, 'utf8')));
if (!parsed.ok) throw new Error('the sample is broken');
const facts: StartFacts = {
  config: parsed.value,
  // A Monday at noon in Hamburg.
  now: Date.UTC(2026, 10, 23, 11),
  port: 4711,
  host: '127.0.0.1',
  networkAddresses: ['192.168.7.20'],
  dataFolder: '/data/mitte',
  openAllDay: false,
};

describe('startText', () => {
  it('has one line per address', () => {
    const text = startText(facts);
    expect(text.match(/http:\S+/g)).toEqual([
      'http://localhost:4711/kiosk',
      'http://localhost:4711/display',
      'http://localhost:4711/counter',
    ]);
    expect(text).toContain('/data/mitte');
  });

  it("names the addresses in the location's network when it listens there", () => {
    expect(startText({ ...facts, host: '0.0.0.0' })).toContain('http://192.168.7.20:4711/');
    expect(startText({ ...facts, host: '192.168.7.20' })).toContain('http://192.168.7.20:4711/kiosk');
    expect(startText({ ...facts, host: '::1' })).toContain('http://[::1]:4711/kiosk');
  });

  it('says when the location is closed, when it opens, and how to try it all the same', () => {
    expect(startText(facts)).not.toContain('--open-hours');
    const night = { ...facts, now: Date.UTC(2026, 10, 23, 22) };
    expect(startText(night)).toMatch(/closed now and opens on 2026-11-24 at 07:00\. .*npm start -- --open-hours/);
    expect(startText({ ...night, openAllDay: true })).toContain('Opening hours are ignored');
  });
});
