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

describe('recovery.md', () => {
  const [, table = ''] = /## What people are told(.*?)\n## /s.exec(read('docs', 'operations', 'recovery.md')) ?? [];
  const rows = all(table, /^(\|.*\|)$/gm)
    .slice(2)
    .map((row) => row.split('|').slice(1, -1));
  const sourcesOf = (pattern: string) =>
    globSync(pattern, { cwd: root })
      .map((file) => read(file))
      .join('\n')
      .toLowerCase();
  /** What is quoted, in the pieces between times, numbers and what is left out. */
  const pieces = (text: string, quote: RegExp) =>
    all(text, quote)
      .flatMap((quoted) => quoted.split(/\d[\d:]*|…| – /))
      .map((piece) => piece.trim().toLowerCase())
      .filter((piece) => piece.length > 2);

  it('S2, S3: quotes the words that clerks and citizens really read', () => {
    const catalogs = sourcesOf('packages/shared/src/i18n/{counter,kiosk,display}/*en.ts');
    const quoted = rows.flatMap(([, clerk = '', citizen = '']) => pieces(clerk + citizen, /"([^"]+)"/g));
    expect(quoted.length).toBeGreaterThan(8);
    expect(quoted.filter((piece) => !catalogs.includes(piece))).toEqual([]);
  });

  it('S2, S3: quotes the log as it is written', () => {
    const sources = sourcesOf('packages/{hub,engine,shared}/src/**/!(*.test).ts');
    const quoted = rows.flatMap(([, , , log = '']) => pieces(log, /`([^`]+)`/g));
    expect(quoted.length).toBeGreaterThan(10);
    expect(quoted.filter((piece) => !sources.includes(piece))).toEqual([]);
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
