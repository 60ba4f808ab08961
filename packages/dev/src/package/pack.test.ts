/**
 * Packs the real, built apps by the real configuration, with a placeholder in Electron's place: everything but the
 * installers, whose tools would have to be fetched from the internet.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LinuxTargetHelper } from 'app-builder-lib/out/targets/LinuxTargetHelper.js';
import { type AfterPackContext, Arch, type Configuration, type LinuxPackager } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, apps } from '../apps.ts';
import { buildDesktopApps } from '../build.ts';
import { root } from '../root.ts';
import { inspectPackage, type PackedApp, places } from './inspect-package.ts';
import { pack } from './pack.ts';
import { makePlaceholderElectron } from './test/placeholder-electron.ts';

const NAMES: Readonly<Record<App, string>> = {
  kiosk: 'Aufruf Kiosk',
  display: 'Aufruf Display',
  counter: 'Aufruf Counter',
};
/** Building and packing, on a machine that has other tests to run. */
const TIMEOUT_MS = 120_000;

describe('npm run package', { timeout: TIMEOUT_MS }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-pack-'));
    for (const platform of ['linux', 'win32'] as const) makePlaceholderElectron(join(folder, platform), platform);
    await buildDesktopApps();
  }, TIMEOUT_MS);
  afterAll(() => rmSync(folder, { recursive: true }));

  const settings = (platform: 'linux' | 'win32', name: string): Configuration => ({
    electronDist: join(folder, platform),
    directories: { output: join(folder, name) },
  });

  async function packLinux(app: App, config: Configuration = {}, name: string = app) {
    const contexts: AfterPackContext[] = [];
    const packed = await pack(app, {
      platform: 'linux',
      foldersFor: ['x64'],
      config: { ...config, ...settings('linux', name) },
      onPacked: async (context) => {
        contexts.push(context);
      },
    });
    expect(packed).toHaveLength(1);
    return { packed: packed[0] as PackedApp, packager: contexts[0]?.packager as LinuxPackager };
  }

  describe.each(apps)('the %s for Linux', (app) => {
    let packed: PackedApp;
    let packager: LinuxPackager;
    beforeAll(async () => {
      ({ packed, packager } = await packLinux(app));
    }, TIMEOUT_MS);

    it('holds what belongs and nothing else, with every fuse as it has to stand', async () => {
      expect(await inspectPackage(packed)).toEqual([]);
      const { executable } = places(packed);
      expect(statSync(executable).mode & 0o111).toBe(0o111);
      expect(readdirSync(join(packed.folder, 'locales')).sort()).toEqual(['de.pak', 'en-US.pak']);
    });

    it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('brings a database that loads and works', () => {
      const unpacked = join(places(packed).resources, 'app.asar.unpacked', 'node_modules', 'better-sqlite3');
      const script = `const db = new (require(${JSON.stringify(unpacked)}))(':memory:');
        console.log(db.prepare('select 40 + 2 as answer').get().answer);`;
      const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
      expect({ stdout, stderr }).toEqual({ stdout: '42\n', stderr: '' });
    });

    it('appears in the menu under its name, with its own icon and window class', async () => {
      const helper = new LinuxTargetHelper(packager);
      const entry = await helper.computeDesktopEntry(packager.platformSpecificBuildOptions);
      const fields = Object.fromEntries(
        entry
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
      expect(fields).toEqual({
        Name: NAMES[app],
        Exec: `"/opt/${NAMES[app]}/aufruf-${app}" %U`,
        Terminal: 'false',
        Type: 'Application',
        Icon: `aufruf-${app}`,
        StartupWMClass: `aufruf-${app}`,
        Comment: expect.stringMatching(/citizen service centre$/),
        Categories: 'Office;',
      });
      expect(helper.getDesktopFileName()).toBe(`aufruf-${app}`);
      const icons = await helper.icons;
      expect(icons.map(({ file }) => file)).toContain(join(root, 'apps', app, 'build', 'icons', '512x512.png'));
    });

    it('gives installers a name without a scope', () => {
      const nameOf = (ext: string) =>
        packager.expandArtifactNamePattern(packager.platformSpecificBuildOptions, ext, Arch.x64);
      const version = packager.appInfo.version;
      expect(nameOf('AppImage')).toBe(`aufruf-${app}-${version}-linux-x86_64.AppImage`);
      expect(nameOf('deb')).toBe(`aufruf-${app}-${version}-linux-amd64.deb`);
    });
  });

  it('for Windows, x64 and arm64: the right library in each, the same fuses', async () => {
    const packed = await pack('counter', {
      platform: 'win32',
      foldersFor: ['x64', 'arm64'],
      // Both need a real executable of Windows.
      config: { ...settings('win32', 'win'), disableAsarIntegrity: true, win: { signAndEditExecutable: false } },
    });
    expect(packed.map(({ arch }) => arch)).toEqual(['x64', 'arm64']);
    for (const each of packed) expect(await inspectPackage(each)).toEqual([]);
    expect(existsSync(join(folder, 'win', 'win-arm64-unpacked', 'aufruf-counter.exe'))).toBe(true);
  });

  it('the inspection finds what is planted: a source, a test, a map, a second library, fuses, a wrong name', async () => {
    writeFileSync(join(folder, 'index.js.map'), '{}');
    const { packed } = await packLinux(
      'kiosk',
      {
        files: [
          { from: 'src/main', to: 'out/main', filter: ['index.ts'] },
          { from: 'src/renderer', to: 'out/renderer', filter: ['kiosk.test.tsx'] },
          { from: folder, to: 'out/main', filter: ['index.js.map'] },
          { from: '../../node_modules/better-sqlite3/prebuilds', to: 'prebuilds', filter: ['linux-arm64.node'] },
        ],
        electronFuses: { onlyLoadAppFromAsar: null as unknown as boolean, runAsNode: true },
        extraMetadata: { desktopName: 'kiosk.desktop' },
      },
      'planted',
    );
    const found = await inspectPackage(packed);
    expect([...found].sort()).toEqual([
      expect.stringMatching(/^beside the archive: .*prebuilds\/linux-arm64\.node/),
      'out/main/index.js.map does not belong into the package',
      'out/main/index.ts does not belong into the package',
      'out/renderer/kiosk.test.tsx does not belong into the package',
      'package.json: desktopName is kiosk.desktop',
      'prebuilds/linux-arm64.node is for another system',
      'the fuse OnlyLoadAppFromAsar is not switched on',
      'the fuse RunAsNode is not switched off',
    ]);
  });

  it('the inspection misses nothing silently: an empty folder is a finding', async () => {
    const empty = { app: 'kiosk', platform: 'linux', arch: 'x64', folder: join(folder, 'linux') } as const;
    expect(await inspectPackage(empty)).toEqual([expect.stringMatching(/^there is no archive /)]);
  });

  it('takes the version of Electron that the apps are built for', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', 'electron', 'package.json'), 'utf8'));
    const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
    expect(config).toContain(`electronVersion: ${manifest.devDependencies.electron}\n`);
  });
});
