/** Windows of a placeholder for Electron: a script that notes how it was started, and ends when told to. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLocationConfig } from '@aufruf/shared/domain/location-config/parse-config';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { root } from '../root.ts';
import { DEFAULT_LOCATION_FILE } from '../start-options.ts';
import { openWindows, stationsOf, type WindowEnd, type Windows } from './open-windows.ts';

const parsed = parseLocationConfig(JSON.parse(readFileSync(DEFAULT_LOCATION_FILE, 'utf8')));
if (!parsed.ok) throw new Error('the sample is broken');
const config = parsed.value;

describe.skipIf(process.platform === 'win32')('openWindows', () => {
  let folder: string;
  let windows: Windows | null;
  let ends: WindowEnd[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-windows-'));
    windows = null;
    ends = [];
  });
  afterEach(async () => {
    await windows?.stop();
    rmSync(folder, { recursive: true });
  });

  /** `life`: what the script does once it has noted its arguments below its own data folder's name. */
  function open(life: string, more: { readonly isRoot?: boolean; readonly env?: Record<string, string> } = {}) {
    const electron = join(folder, 'electron');
    writeFileSync(
      electron,
      `#!/bin/sh
for arg in "$@"; do case "$last" in --data) app=$(basename "$arg");; esac; last=$arg; done
printf '%s\\n' "$@" "$ELECTRON_RUN_AS_NODE" > "${folder}/$app.part"
mv "${folder}/$app.part" "${folder}/$app.args"
${life}
`,
    );
    chmodSync(electron, 0o755);
    const { isRoot = false, env = {} } = more;
    const onEnd = (end: WindowEnd) => void ends.push(end);
    const options = { electron, hubUrl: 'http://127.0.0.1:4711', config, folder, isRoot, onEnd };
    windows = openWindows({ ...options, env: { PATH: process.env.PATH, ...env } });
    return windows;
  }
  const argsOf = (app: string) =>
    readFileSync(join(folder, `${app}.args`), 'utf8')
      .split('\n')
      .slice(0, -1);
  const allStarted = () =>
    vi.waitFor(() => ['kiosk', 'display', 'counter'].map(argsOf), { timeout: 5_000, interval: 20 });
  const UNTIL_TOLD = 'trap "exit 0" TERM; while :; do sleep 0.05; done';

  it('starts each app with its hub, station and data, in an ordinary window', async () => {
    expect(open(UNTIL_TOLD, { env: { ELECTRON_RUN_AS_NODE: '1' } }).count).toBe(3);
    const [kiosk, display, counter] = await allStarted();
    const usual = (app: string, station: string) => [
      join(root, 'apps', app),
      ...['--hub', 'http://127.0.0.1:4711', '--station', station, '--data', join(folder, app), '--windowed'],
      // ELECTRON_RUN_AS_NODE would make it no Electron.
      '',
    ];
    expect(kiosk).toEqual(usual('kiosk', 'kiosk-1'));
    expect(display).toEqual(usual('display', 'display-3'));
    expect(counter).toEqual(usual('counter', 'counter-1'));
  });

  it('gives root no sandbox, which Chromium would refuse', async () => {
    open(UNTIL_TOLD, { isRoot: true });
    for (const args of (await allStarted()) as string[][]) expect(args[0]).toBe('--no-sandbox');
  });

  it('one that is closed leaves the others alone', async () => {
    open(`[ "$app" = display ] && exit 0; ${UNTIL_TOLD}`);
    await vi.waitFor(() => expect(ends).toHaveLength(1));
    expect(ends).toEqual([{ app: 'display', problem: null, isEarly: true, left: 2 }]);
    await allStarted();
    await windows?.stop();
    expect(ends).toHaveLength(1);
  });

  it('says what went wrong with one that breaks', async () => {
    open(`[ "$app" = kiosk ] && { echo "cannot open display" >&2; exit 3; }; ${UNTIL_TOLD}`);
    await vi.waitFor(() => expect(ends).toHaveLength(1));
    expect(ends).toEqual([{ app: 'kiosk', problem: 'exit code 3: cannot open display', isEarly: true, left: 2 }]);
  });

  it('says that there is no such program', async () => {
    const onEnd = (end: WindowEnd) => void ends.push(end);
    const electron = join(folder, 'gone');
    windows = openWindows({ electron, hubUrl: '', config, folder, env: {}, isRoot: false, onEnd });
    await vi.waitFor(() => expect(ends).toHaveLength(3));
    expect(ends.at(-1)).toMatchObject({ problem: expect.stringContaining('ENOENT'), left: 0 });
  });

  it('ends them all, by force where one does not listen', async () => {
    const { stop } = open(`[ "$app" = counter ] && trap "" TERM || trap "exit 0" TERM; while :; do sleep 0.05; done`);
    await allStarted();
    await stop();
    await stop();
    expect(ends).toEqual([]);
  });

  it('a location without a kiosk has no window for one, and of the displays the widest is shown', () => {
    expect([...stationsOf({ ...config, kiosks: [] })]).toEqual([
      ['display', 'display-3'],
      ['counter', 'counter-1'],
    ]);
  });
});
