/** Holds docs/security/electron-checklist.md to the tests it names, and the items that are decided outside the code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IPC_CHANNELS } from '@aufruf/shared/bridge/ipc';
import { describe, expect, it } from 'vitest';
import { createFakeIpc } from './ipc/test/fake-ipc.ts';
import { createPreloadApi } from './preload/preload-api.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const rows = [
  ...read('docs/security/electron-checklist.md').matchAll(/^\| (\d+) \| ([^|]+) \| [^|]+ \| ([^|]+) \|$/gm),
].map(([, number, item = '', tests = '']) => ({
  number: Number(number),
  item,
  files: [...tests.matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? ''),
}));
/** All code of the shell and of the apps' mains and preloads that ships. */
const shipped = ['packages/electron/src', ...['kiosk', 'display', 'counter'].map((app) => `apps/${app}/src`)]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file.replaceAll('\\', '/')}`,
    ),
  )
  .filter((file) => /[.]tsx?$/.test(file) && !/[.]test[.]|\/test\//.test(file));

describe('the security checklist', () => {
  it('has its 20 items in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it.each(rows)('item $number is proved where the table says: $item', ({ number, files }) => {
    expect(files).not.toEqual([]);
    for (const file of files) {
      expect(existsSync(join(root, file)), file).toBe(true);
      expect(read(file), file).toMatch(new RegExp(`Checklist (\\d+, )*${number}(, \\d+)*: `));
    }
  });
});

it('Checklist 15: "Do not use shell.openExternal with untrusted content": it is used nowhere', () => {
  expect(shipped.length).toBeGreaterThan(30);
  for (const file of shipped) expect(read(file), file).not.toMatch(/openExternal|\bshell\b[^']*from 'electron'/);
});

it('Checklist 16: "Use a current version of Electron": pinned exactly, in one place', () => {
  const manifests = [
    'package.json',
    ...['packages', 'apps'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`),
    ),
  ];
  const versions = manifests.flatMap((file) => {
    const { dependencies = {}, devDependencies = {} } = existsSync(join(root, file)) ? JSON.parse(read(file)) : {};
    return [dependencies.electron, devDependencies.electron].filter((version) => version !== undefined);
  });
  expect(new Set(versions).size).toBe(1);
  expect(versions[0]).toMatch(/^\d+\.\d+\.\d+$/);
});

it('Checklist 19: "Check which fuses you can change": each is decided on', () => {
  const decided = Object.fromEntries(
    [
      ...(/^electronFuses:\n((?: {2}.*\n)+)/m.exec(read('electron-builder.yml'))?.[1] ?? '').matchAll(
        /^ {2}(\w+): (\w+)$/gm,
      ),
    ].map(([, name, value]) => [name, value]),
  );
  expect(decided).toMatchObject({
    runAsNode: 'false',
    enableCookieEncryption: 'true',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    loadBrowserProcessSpecificV8Snapshot: 'false',
    grantFileProtocolExtraPrivileges: 'false',
  });
});

it('Checklist 20: "Do not expose Electron APIs to untrusted web content": two functions, and only the bridge\u2019s channels', async () => {
  const { ipcMain, openWindow } = createFakeIpc();
  const heard: string[] = [];
  for (const channel of Object.values(IPC_CHANNELS)) ipcMain.on(channel, () => heard.push(channel));
  ipcMain.handle(IPC_CHANNELS.call, (_event, ...args: unknown[]) => args);
  ipcMain.handle(IPC_CHANNELS.subscribe, () => null);
  const api = createPreloadApi(openWindow('app://kiosk/index.html').ipcRenderer);
  expect(Object.keys(api).sort()).toEqual(['call', 'subscribe']);
  // Whatever a page says is an argument, never a channel.
  expect(await api.call('app:quit' as never, { channel: 'app:quit' })).toEqual(['app:quit', { channel: 'app:quit' }]);
  api.subscribe(
    'host',
    { topic: 'app:quit', params: {} },
    () => {},
    () => {},
  )();
  await Promise.resolve();
  expect(new Set(heard)).toEqual(new Set([IPC_CHANNELS.open, IPC_CHANNELS.unsubscribe]));
});
