/** What the pages on operation say, held against the code: options, variables, fields, paths, limits. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOW_DISK_BYTES } from '@aufruf/engine/platform/disk-watch';
import { HUB_HELP, TAKEOVER_HELP } from '@aufruf/hub/options/hub-options';
import { LOG_FILE_SIZE, LOG_FILES } from '@aufruf/hub/platform/file-log';
import { DEFAULT_HUB_PORT } from '@aufruf/shared/protocol/stations';
import { describe, expect, it } from 'vitest';
import { root } from '../root.ts';

const folder = join(root, 'docs', 'operations');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const hubGuide = read('docs', 'operations', 'hub.md');
const installGuide = read('docs', 'operations', 'install.md');
const unit = read('docs', 'operations', 'aufruf-hub.service');
const winsw = read('docs', 'operations', 'aufruf-hub.winsw.xml');
const all = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))];
const variables = all(HUB_HELP, /(AUFRUF_\w+)/g);

describe('hub.md', () => {
  it('explains the options and variables that there are, and no others', () => {
    const options = all(HUB_HELP + TAKEOVER_HELP, /^ {2}--([\w-]+)/gm);
    expect(options.length).toBeGreaterThan(8);
    expect(all(hubGuide, /^\| `--([\w-]+)/gm).sort()).toEqual(options.sort());
    expect(all(hubGuide, /^\|[^|]*\| `(AUFRUF_\w+)/gm).sort()).toEqual(variables.sort());
  });

  it('explains every field of /health', () => {
    const [, fields = ''] =
      /export interface Health \{(.*?)\n\}/s.exec(read('packages', 'hub', 'src', 'health.ts')) ?? [];
    const names = all(fields, /readonly (\w+):/g);
    expect(names.length).toBeGreaterThan(8);
    const [, table = ''] = /## Health(.*?)## Log/s.exec(hubGuide) ?? [];
    for (const name of names) expect(table).toContain(`\`${name}\``);
  });

  it('names the limits as they are', () => {
    expect(hubGuide).toContain(`default ${DEFAULT_HUB_PORT}`);
    expect(hubGuide).toContain(`less than ${LOW_DISK_BYTES / 1_000_000} MB free`);
    expect(hubGuide).toContain(`At ${LOG_FILE_SIZE.replace('m', ' MB')} the next one begins, ${LOG_FILES} are kept`);
  });
});

describe('the service files', () => {
  it('set variables that the hub reads, and start a file that there is', () => {
    expect(all(unit, /^Environment=(\w+)=/gm).filter((name) => !variables.includes(name))).toEqual([]);
    expect(all(winsw, /<env name="(\w+)"/g).filter((name) => !variables.includes(name))).toEqual([]);
    const [, started = ''] = /^ExecStart=\S+\/node \/opt\/aufruf\/(\S+)$/m.exec(unit) ?? [];
    expect(existsSync(join(root, started))).toBe(true);
    expect(winsw.replaceAll('\\', '/')).toContain(`Aufruf Hub/${started}"`);
  });
});

describe('install.md', () => {
  it("explains the apps' options that there are, and no others", () => {
    const source = read('packages', 'electron', 'src', 'settings', 'launch-options.ts');
    const [, table = ''] = /const OPTIONS = \{(.*?)\n\}/s.exec(source) ?? [];
    const names = all(table, /^ {2}'?([\w-]+)'?: \{/gm);
    expect(names.length).toBeGreaterThan(5);
    expect(all(installGuide, /^\| `--([\w-]+)/gm).sort()).toEqual(names.sort());
    for (const variable of all(table, /variable: '(\w+)'/g)) expect(installGuide).toContain(variable);
  });
});

describe('the pages on operation', () => {
  it('link to files that there are', () => {
    const broken = globSync('*.md', { cwd: folder }).flatMap((page) =>
      all(read('docs', 'operations', page), /\]\(([^)#:]+)\)/g)
        .filter((link) => !existsSync(join(dirname(join(folder, page)), link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });
});
