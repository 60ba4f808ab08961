/**
 * `npm run package [-- app ...]`: builds the apps and packs them into release/<app>. Every package is inspected before it
 * counts as made; what is wrong with it is listed, and the exit code is 1.
 */
import { findChromium } from '../browser/find-chromium.ts';
import { buildDesktopApps } from '../build.ts';
import { drawIcons } from './draw-icons.ts';
import { inspectPackage } from './inspect-package.ts';
import { HELP, type PackageOptions, parsePackageOptions } from './options.ts';
import { pack } from './pack.ts';

const options = parsePackageOptions(process.argv.slice(2), process.platform);
if (!options.ok) fail([options.refusal.line]);
else if (options.value.help) process.stdout.write(HELP);
else if (options.value.onlyIcons) await icons();
else await packAll(options.value);

async function packAll({ apps, platforms, onlyFolders }: PackageOptions): Promise<void> {
  await buildDesktopApps();
  const electronDist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  for (const platform of platforms) {
    for (const app of apps) {
      try {
        const packed = await pack(app, {
          platform,
          foldersFor: onlyFolders ? [process.arch === 'arm64' ? 'arm64' : 'x64'] : null,
          // It is this machine's; other systems need their own.
          config: electronDist && platform === process.platform ? { electronDist } : {},
        });
        for (const each of packed) fail((await inspectPackage(each)).map((line) => `${each.folder}: ${line}`));
      } catch (error) {
        return fail([`The ${app} could not be packed: ${(error as Error).message}`]);
      }
    }
  }
}

async function icons(): Promise<void> {
  const chromium = await findChromium();
  if (!chromium.ok) return fail([`The icons are drawn by a browser. ${chromium.refusal.reason}`]);
  await drawIcons(chromium.value);
}

function fail(lines: readonly string[]): void {
  if (lines.length === 0) return;
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}
