/** Reads a QR code off the screen as a phone would: from its dark squares, by an independent decoder. */
import jsqr from 'jsqr';
import type { Locator } from 'playwright-core';

type Decode = (pixels: Uint8ClampedArray, width: number, height: number) => { readonly data: string } | null;
// CommonJS: the function is the default import itself or its `default`, depending on who loads it.
const loaded: unknown = jsqr;
const decode = (typeof loaded === 'function' ? loaded : (loaded as { readonly default: Decode }).default) as Decode;

/** Pixels a module is wide; decoders want several. */
const SCALE = 4;

/** @throws if no code can be read there */
export async function readQrCode(picture: Locator): Promise<string> {
  const { size, squares } = await picture.evaluate((svg) => ({
    size: Number(svg.getAttribute('viewBox')?.split(' ')[2]),
    squares: svg.querySelector('path')?.getAttribute('d') ?? '',
  }));
  const width = size * SCALE;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of squares.matchAll(/M(\d+) (\d+)/g)) {
    for (let row = Number(y) * SCALE; row < (Number(y) + 1) * SCALE; row += 1) {
      const from = (row * width + Number(x) * SCALE) * 4;
      for (let offset = 0; offset < SCALE * 4; offset += 1) if (offset % 4 !== 3) pixels[from + offset] = 0;
    }
  }
  const code = decode(pixels, width, width);
  if (!code) throw new Error('There is no readable QR code in the picture.');
  return code.data;
}
