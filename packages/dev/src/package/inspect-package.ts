/**
 * Looks into a packed app and says what is wrong with it. The list of what belongs is written down here a second time, apart
 * from electron-builder.yml: a pattern that lets too much through, or nothing, is found whatever it was meant to do.
 */
import { existsSync, globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { z } from 'zod';
import { type App, apps } from '../apps.ts';

export const PLATFORMS = ['linux', 'win32', 'darwin'] as const;
export type PackedPlatform = (typeof PLATFORMS)[number];

export interface PackedApp {
  readonly app: App;
  readonly platform: PackedPlatform;
  readonly arch: string;
  /** The unpacked app: `linux-unpacked`, `win-unpacked`, `mac` ... */
  readonly folder: string;
}

/** Everything that may be in an app's archive. */
const belongs = (app: App): readonly RegExp[] => [
  /^package\.json$/,
  /^out\/main\/(index|hub)\.js$/,
  /^out\/main\/chunks\/[\w.-]+\.js$/,
  /^out\/preload\/index\.cjs$/,
  ...['renderer', ...apps.filter((other) => other !== app).map((other) => `web/${other}`)].map(
    (place) => new RegExp(`^out/${place}/([\\w-]+\\.html|assets/[\\w.-]+\\.(js|css|woff2|svg|png|mp3|wav))$`),
  ),
  /^node_modules\/better-sqlite3\/(package\.json|LICENSE)$/,
  /^node_modules\/better-sqlite3\/lib\/(methods\/)?[\w-]+\.js$/,
];

/** Without these an app cannot start, or the hub it hosts serves less than three apps. */
const needed = (app: App): readonly string[] => [
  'package.json',
  'out/main/index.js',
  'out/main/hub.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  ...apps.filter((other) => other !== app).map((other) => `out/web/${other}/index.html`),
  'node_modules/better-sqlite3/lib/index.js',
];

/** Electron's switches that are built into the executable, and how each has to stand. */
const FUSES: ReadonlyMap<FuseV1Options, boolean> = new Map([
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableCookieEncryption, true],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
]);
const FUSE_ON = '1'.charCodeAt(0);

const manifestSchema = z.object({
  main: z.literal('out/main/index.js'),
  type: z.literal('module'),
  desktopName: z.string(),
});

/** One line for each thing that is wrong; none when all is well. */
export async function inspectPackage(packed: PackedApp): Promise<readonly string[]> {
  const { executable, resources } = places(packed);
  const archive = join(resources, 'app.asar');
  if (!existsSync(archive)) return [`there is no archive ${archive}`];
  return [
    ...inspectFiles(packed, archive),
    ...inspectLibrary(packed, archive),
    ...inspectManifest(packed, archive),
    ...(await inspectExecutable(executable)),
    ...readdirSync(resources)
      .filter((name) => name === 'default_app.asar' || name === 'app')
      .map((name) => `resources/${name} does not belong there`),
  ];
}

/** Where things are: their place and the executable's name depend on the system. */
export function places({ app, platform, folder }: Omit<PackedApp, 'arch'>): {
  readonly executable: string;
  readonly resources: string;
} {
  switch (platform) {
    case 'linux':
      return { executable: join(folder, `aufruf-${app}`), resources: join(folder, 'resources') };
    case 'win32':
      return { executable: join(folder, `aufruf-${app}.exe`), resources: join(folder, 'resources') };
    case 'darwin': {
      const [bundle = 'none.app'] = globSync('*.app', { cwd: folder });
      const contents = join(folder, bundle, 'Contents');
      return { executable: join(folder, bundle), resources: join(contents, 'Resources') };
    }
  }
}

const paths = (archive: string): readonly string[] =>
  listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/').replace(/^\//, ''));

function inspectFiles({ app }: PackedApp, archive: string): readonly string[] {
  const files = paths(archive);
  // The list names files and folders alike.
  const folders = new Set(files.map((path) => path.split('/').slice(0, -1).join('/')));
  const allowed = belongs(app);
  return [
    ...files
      .filter((path) => !folders.has(path) && !path.endsWith('.node') && !allowed.some((each) => each.test(path)))
      .map((path) => `${path} does not belong into the package`),
    ...needed(app)
      .filter((path) => !files.includes(path))
      .map((path) => `${path} is missing`),
  ];
}

/** The system loads a library only from a real file, and only its own kind. */
function inspectLibrary({ platform, arch }: PackedApp, archive: string): readonly string[] {
  const wanted = `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`;
  const packed = paths(archive).filter((path) => path.endsWith('.node'));
  const unpacked = globSync('**/*.node', { cwd: `${archive}.unpacked` }).map((path) => path.replaceAll('\\', '/'));
  return [
    ...packed.filter((path) => path !== wanted).map((path) => `${path} is for another system`),
    ...(packed.includes(wanted) ? [] : [`${wanted} is missing`]),
    ...(unpacked.join() === wanted
      ? []
      : [`beside the archive: ${unpacked.join(', ') || 'nothing'}; wanted: ${wanted}`]),
  ];
}

function inspectManifest({ app }: PackedApp, archive: string): readonly string[] {
  const parsed = manifestSchema.safeParse(JSON.parse(extractFile(archive, 'package.json').toString()));
  if (!parsed.success) return [`package.json: ${z.prettifyError(parsed.error)}`];
  const { desktopName } = parsed.data;
  return desktopName === `aufruf-${app}.desktop` ? [] : [`package.json: desktopName is ${desktopName}`];
}

async function inspectExecutable(executable: string): Promise<readonly string[]> {
  if (!existsSync(executable)) return [`there is no executable ${executable}`];
  const wire = await getCurrentFuseWire(executable);
  return [...FUSES]
    .filter(([fuse, isOn]) => (wire[fuse] === FUSE_ON) !== isOn)
    .map(([fuse, isOn]) => `the fuse ${FuseV1Options[fuse]} is not switched ${isOn ? 'on' : 'off'}`);
}
