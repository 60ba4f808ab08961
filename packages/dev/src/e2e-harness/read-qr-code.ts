/** Reads a QR code off the screen as a phone would: from its dark squares, by an independent decoder. */
import jsqr from 'jsqr';
import type { Locator } from 'playwright-core';

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
  // CommonJS: the function is the default export's own or its `default`, depending on who loads it.
  const decode = 'default' in jsqr ? (jsqr.default as typeof jsqr.default) : (jsqr as unknown as typeof jsqr.default);
  const code = decode(pixels, width, width);
  if (!code) throw new Error('There is no readable QR code in the picture.');
  return code.data;
}
