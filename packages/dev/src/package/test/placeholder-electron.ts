/**
 * A folder that electron-builder takes for an Electron distribution, for machines without one. Its executable cannot run;
 * it holds the wire of fuses as Electron delivers it, so that packing has something to switch.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** By this text @electron/fuses finds the wire. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** One character for each fuse, every one the opposite of what the packages want. */
const DELIVERED = '10110011';
const WIRE_VERSION = 1;

export function makePlaceholderElectron(folder: string, platform: 'linux' | 'win32'): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const wire = Buffer.concat([
    Buffer.from(`not Electron ${SENTINEL}`),
    Buffer.from([WIRE_VERSION, DELIVERED.length]),
    Buffer.from(DELIVERED),
  ]);
  writeFileSync(join(folder, platform === 'win32' ? 'electron.exe' : 'electron'), wire, { mode: 0o755 });
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox']) {
    writeFileSync(join(folder, name), 'placeholder');
  }
  for (const language of ['de', 'en-US', 'fr'])
    writeFileSync(join(folder, 'locales', `${language}.pak`), 'placeholder');
}
