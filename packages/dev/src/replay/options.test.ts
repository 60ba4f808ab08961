import { describe, expect, it } from 'vitest';
import { MAX_COUNTERS, MAX_SPEED, parseReplayOptions } from './options.ts';

const needed = ['--snapshots', 'a.csv.gz', '--office', 'UD_Wola', '--date', '2020-01-08'];

describe('parseReplayOptions', () => {
  it('fills in what is not given', () => {
    expect(parseReplayOptions(needed)).toEqual({
      ok: true,
      value: {
        snapshots: 'a.csv.gz',
        office: 'UD_Wola',
        date: '2020-01-08',
        speed: 400,
        counters: 20,
        seed: 1,
        json: false,
      },
    });
  });
  it('takes the limits', () => {
    const most = parseReplayOptions([...needed, '--speed', `${MAX_SPEED}`, '--counters', `${MAX_COUNTERS}`, '--json']);
    expect(most).toMatchObject({ ok: true, value: { speed: MAX_SPEED, counters: MAX_COUNTERS, json: true } });
  });
  it.each([
    [[], '--snapshots'],
    [['--snapshots', 'a', '--date', '2020-01-08'], '--office'],
    [needed.slice(0, 4), '--date'],
    [[...needed.slice(0, 5), '8.1.2020'], '--date'],
    [[...needed, '--speed', '0'], '--speed'],
    [[...needed, '--speed', `${MAX_SPEED + 1}`], '--speed'],
    [[...needed, '--counters', `${MAX_COUNTERS + 1}`], '--counters'],
    [[...needed, '--seed', 'x'], '--seed'],
    [[...needed, '--fast'], '--fast'],
    [[...needed, 'more'], 'more'],
  ])('refuses %j in one line that names the option', (args, name) => {
    const result = parseReplayOptions(args);
    if (result.ok) throw new Error('accepted');
    expect(result.refusal.detail).toContain(name);
    expect(result.refusal.detail).not.toContain('\n');
  });
});
