import { describe, expect, it } from 'vitest';
import { HELP, parsePackageOptions } from './options.ts';

const parse = (args: string, here: NodeJS.Platform = 'linux') =>
  parsePackageOptions(
    args.split(' ').filter((arg) => arg !== ''),
    here,
  );
const all = ['kiosk', 'display', 'counter'];

describe('parsePackageOptions', () => {
  it('packs all apps for this system, unless told otherwise', () => {
    const usual = { apps: all, platforms: ['linux'], onlyFolders: false, onlyIcons: false, help: false };
    expect(parse('')).toEqual({ ok: true, value: usual });
    expect(parse('', 'win32')).toMatchObject({ ok: true, value: { platforms: ['win32'] } });
    expect(parse('counter kiosk --win --mac --linux --dir')).toEqual({
      ok: true,
      value: { ...usual, apps: ['kiosk', 'counter'], platforms: ['linux', 'win32', 'darwin'], onlyFolders: true },
    });
    expect(parse('--icons')).toMatchObject({ ok: true, value: { onlyIcons: true } });
  });

  it.each([
    ['kiosc', 'linux', 'There is no app "kiosc"; there are kiosk, display, counter. See npm run package -- --help'],
    ['--windows', 'linux', "Unknown option '--windows'"],
    ['', 'freebsd', 'There are no packages for freebsd: name a system.'],
  ] as const)('%j on %s is refused in one clear line', (args, here, expected) => {
    const result = parse(args, here);
    expect(result.ok ? '' : result.refusal.line).toContain(expected);
  });

  it('explains every option', () => {
    for (const name of ['linux', 'win', 'mac', 'dir', 'icons', 'help']) expect(HELP).toContain(`--${name} `);
  });
});
