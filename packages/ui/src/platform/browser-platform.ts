import type { CommandId } from '@aufruf/shared/lib/ids';
import type { RendererPlatform } from './renderer-platform.ts';

/** The real clocks, randomness and timers, in a browser and in Node alike. */
export const browserPlatform: RendererPlatform = {
  now: () => Date.now(),
  monoMs: () => performance.now(),
  random: () => Math.random(),
  newCommandId: () => randomUuid() as CommandId,
  schedule: (delayMs, work) => {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};

/** RFC 9562 version 4. Not `crypto.randomUUID`: browsers withhold it from pages served over plain http. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
