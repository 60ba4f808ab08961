import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { HELP, parseSimOptions } from './sim-options.ts';

const parse = (line: string) => parseSimOptions(line.split(' ').filter(Boolean));

describe('parseSimOptions', () => {
  it('needs nothing', () => {
    const value = { do: 'seeds', from: 1, seeds: 200, jobs: availableParallelism(), wished: null, only: '' };
    expect(parse('')).toEqual({ ok: true, value });
  });

  it('reads every option', () => {
    expect(parse('--seeds 10000 --from 301 --devices 5 --days 1 --squeeze 900 --hub-disk once --jobs 1')).toMatchObject(
      {
        value: {
          do: 'seeds',
          from: 301,
          seeds: 10_000,
          jobs: 1,
          wished: { devices: 5, days: 1, squeeze: 900, hubDisk: 'once' },
        },
      },
    );
    expect(parse('--seed 2106 --devices 5')).toMatchObject({
      value: { do: 'replay', from: 2106, wished: { devices: 5 } },
    });
    expect(parse('--size any')).toMatchObject({ value: { wished: {} } });
    expect(parse('--size small --days 2')).toMatchObject({ value: { wished: { devices: 5, days: 2, squeeze: 900 } } });
    expect(parse('--takeover often')).toMatchObject({ value: { wished: { takeover: 'often' } } });
    expect(parse('--faults cut=5,diskLost=1000')).toMatchObject({
      value: { wished: { faults: { cut: 5, diskLost: 1000 } } },
    });
    expect(parse('--planted --only O6')).toMatchObject({ value: { do: 'planted', only: 'O6' } });
    expect(parse('--help')).toMatchObject({ value: { do: 'help' } });
    for (const name of [
      'seeds',
      'from',
      'seed',
      'size',
      'devices',
      'days',
      'squeeze',
      'faults',
      'hub-disk',
      'takeover',
      'jobs',
      'planted',
      'only',
      'help',
    ])
      expect(HELP).toContain(`--${name}`);
  });

  it.each([
    ['--seeds 0', '--seeds expects a number from 1 to 4294967295, not "0". See npm run sim -- --help'],
    ['--seed abc', /^--seed expects/],
    ['--seed 4294967296', /^--seed expects/],
    ['--devices 4', '--devices expects a number from 5 to 100, not "4". See npm run sim -- --help'],
    ['--devices 101', /^--devices expects/],
    ['--size huge', /^--size expects small or any/],
    ['--days 31', /^--days expects a number from 1 to 30/],
    ['--squeeze 2001', /^--squeeze expects a number from 1 to 2000/],
    ['--faults cut=1001', /^--faults expects kinds of fault/],
    ['--faults flood=1', /^--faults expects/],
    ['--faults cut', /^--faults expects/],
    ['--hub-disk twice', /^--hub-disk expects once or often/],
    ['--takeover twice', /^--takeover expects once or often/],
    ['--jobs 257', /^--jobs expects a number from 1 to 256/],
    ['--sed 1', /^Unknown option '--sed'/],
  ])('%s is refused in one clear line', (line, expected) => {
    const result = parse(line);
    expect(result.ok ? null : result.refusal.line).toMatch(expected);
  });

  it.each(['--devices 5', '--devices 100', '--days 30', '--squeeze 2000', '--jobs 256', '--seed 4294967295'])(
    '%s is taken',
    (line) => expect(parse(line).ok).toBe(true),
  );
});
