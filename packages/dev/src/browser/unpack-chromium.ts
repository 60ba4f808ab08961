/**
 * Unpacks the Chromium of the npm package @sparticuz/chromium. The package always unpacks into the system's temporary
 * folder and takes whatever already bears the right name there, half-written or somebody else's; so it runs in a
 * process whose temporary folder is one of ours, which gets its final name only when it is complete.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The path of the browser; null where the package is for another machine, or missing, or cannot be unpacked. */
export async function unpackChromium(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const entry = findPackage();
  if (entry === null) return null;
  const { uid, username } = userInfo();
  const folder = join(tmpdir(), `aufruf-chromium-${packageVersion(entry)}-${username}`);
  if (existsSync(folder) && statSync(folder).uid !== uid) return null;
  if (!existsSync(folder)) await unpackInto(folder, entry);
  const browser = join(folder, 'chromium');
  return existsSync(browser) ? browser : null;
}

async function unpackInto(folder: string, entry: string): Promise<void> {
  const unfinished = mkdtempSync(`${folder}-`);
  try {
    const script = `import(${JSON.stringify(pathToFileURL(entry).href)}).then((m) => m.default.executablePath())`;
    await run(process.execPath, ['-e', script], { env: { ...process.env, TMPDIR: unfinished } });
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } catch {
    // Disk full, a folder that allows no programs: then there is none, and the search goes on.
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function findPackage(): string | null {
  try {
    return createRequire(import.meta.url).resolve('@sparticuz/chromium');
  } catch {
    return null;
  }
}

function packageVersion(entry: string): string {
  let folder = dirname(entry);
  while (basename(folder) !== 'chromium') folder = dirname(folder);
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return manifest.version;
}
