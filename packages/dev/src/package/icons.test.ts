import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apps } from '../apps.ts';
import { iconFolder } from './draw-icons.ts';
import { LINUX_SIDES, MAC_KINDS, WINDOWS_SIDES } from './icon-files.ts';
import { iconSvg } from './icon-svg.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Width and height of a PNG picture. */
function sides(png: Buffer): readonly [number, number] {
  expect(png.subarray(0, PNG.length)).toEqual(PNG);
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe.each(apps)('icons of the %s', (app) => {
  const read = (...path: string[]) => readFileSync(join(iconFolder(app), ...path));

  it('are those that are drawn now (else: npm run package -- --icons)', () => {
    expect(read('icon.svg').toString()).toBe(iconSvg(app));
  });

  it('for Linux: one picture of each size', () => {
    expect(readdirSync(join(iconFolder(app), 'icons')).sort()).toEqual(
      LINUX_SIDES.map((side) => `${side}x${side}.png`).sort(),
    );
    for (const side of LINUX_SIDES) expect(sides(read('icons', `${side}x${side}.png`))).toEqual([side, side]);
  });

  it('for Windows: a file whose entries lead to a picture of the size they name', () => {
    const ico = read('icon.ico');
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, WINDOWS_SIDES.length]);
    let end = 0;
    for (const [i, side] of WINDOWS_SIDES.entries()) {
      const entry = ico.subarray(6 + i * 16);
      expect([entry[0], entry[1]]).toEqual([side % 256, side % 256]);
      const at = entry.readUInt32LE(12);
      end = at + entry.readUInt32LE(8);
      expect(sides(ico.subarray(at, end))).toEqual([side, side]);
    }
    expect(end).toBe(ico.length);
  });

  it('for macOS: a file whose parts have the size that their name stands for', () => {
    const icns = read('icon.icns');
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    let at = 8;
    for (const [kind, side] of MAC_KINDS) {
      expect(icns.toString('latin1', at, at + 4)).toBe(kind);
      expect(sides(icns.subarray(at + 8))).toEqual([side, side]);
      at += icns.readUInt32BE(at + 4);
    }
    expect(at).toBe(icns.length);
  });
});
