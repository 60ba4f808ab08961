/** Packs one app with electron-builder, by the configuration in the repository, and names what came of it. */
import { join } from 'node:path';
import { type AfterPackContext, Arch, build, type Configuration, Platform } from 'electron-builder';
import type { App } from '../apps.ts';
import { root } from '../root.ts';
import type { PackedApp, PackedPlatform } from './inspect-package.ts';

export interface PackOptions {
  readonly platform: PackedPlatform;
  /** Processors for which only the folder is made that installers are made of; null: the installers of the configuration. */
  readonly foldersFor: readonly ('x64' | 'arm64')[] | null;
  /** On top of the files; for tests, and for an Electron that is there already. */
  readonly config?: Configuration;
  /** Called once for each folder. */
  readonly onPacked?: (context: AfterPackContext) => Promise<void>;
}

const PLATFORMS: Readonly<Record<PackedPlatform, Platform>> = {
  linux: Platform.LINUX,
  win32: Platform.WINDOWS,
  darwin: Platform.MAC,
};

/** The app must have been built. Packages are put into release/<app>. @throws electron-builder's own errors */
export async function pack(
  app: App,
  { platform, foldersFor, config = {}, onPacked }: PackOptions,
): Promise<readonly PackedApp[]> {
  const target = PLATFORMS[platform];
  const packed: PackedApp[] = [];
  await build({
    projectDir: join(root, 'apps', app),
    targets:
      foldersFor === null ? target.createTarget() : target.createTarget('dir', ...foldersFor.map((arch) => Arch[arch])),
    publish: 'never',
    config: {
      ...config,
      afterPack: async (context) => {
        packed.push({ app, platform, arch: Arch[context.arch], folder: context.appOutDir });
        await onPacked?.(context);
      },
    },
  });
  return packed;
}
