/** What may stand behind `npm run package --`. */
import { parseArgs } from 'node:util';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { type App, apps, isApp } from '../apps.ts';
import type { PackedPlatform } from './inspect-package.ts';

export const HELP = `npm run package -- [app ...] [options]     packs kiosk, display and counter into release/

  --linux     AppImage and deb
  --win       installers for Windows, x64 and arm64
  --mac       disk images for macOS; only on macOS
              (without any of these: for the system of this machine)
  --dir       only the folders that installers are made of
  --icons     packs nothing: draws the icons anew, from packages/dev/src/package/icon-svg.ts
  --help      this text

Electron and the tools of the installers are fetched from the internet at the first time. An Electron that is there already
is taken from the folder that ELECTRON_OVERRIDE_DIST_PATH names.
`;

export interface PackageOptions {
  readonly apps: readonly App[];
  readonly platforms: readonly PackedPlatform[];
  readonly onlyFolders: boolean;
  readonly onlyIcons: boolean;
  readonly help: boolean;
}

const flag = { type: 'boolean', default: false } as const;

/** `here`: the system of this machine. */
export function parsePackageOptions(
  args: readonly string[],
  here: NodeJS.Platform,
): Result<PackageOptions, { readonly type: 'badOptions'; readonly line: string }> {
  const bad = (what: string) => refuse({ type: 'badOptions' as const, line: `${what} See npm run package -- --help` });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/);
    return bad(`${sentence.replace(/\.$/, '')}.`);
  }
  const { values, positionals } = parsed;
  const unknown = positionals.find((name) => !isApp(name));
  if (unknown !== undefined) return bad(`There is no app "${unknown}"; there are ${apps.join(', ')}.`);
  const asked = [
    ...(values.linux ? (['linux'] as const) : []),
    ...(values.win ? (['win32'] as const) : []),
    ...(values.mac ? (['darwin'] as const) : []),
  ];
  const platforms = asked.length > 0 ? asked : [here].filter(isPackedPlatform);
  if (platforms.length === 0) return bad(`There are no packages for ${here}: name a system.`);
  return {
    ok: true,
    value: {
      apps: positionals.length > 0 ? apps.filter((app) => positionals.includes(app)) : apps,
      platforms,
      onlyFolders: values.dir,
      onlyIcons: values.icons,
      help: values.help,
    },
  };
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: { linux: flag, win: flag, mac: flag, dir: flag, icons: flag, help: flag },
    strict: true,
    allowPositionals: true,
  });

const isPackedPlatform = (name: string): name is PackedPlatform =>
  name === 'linux' || name === 'win32' || name === 'darwin';
