import { commandIdSchema } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { browserPlatform } from './browser-platform.ts';

describe('browserPlatform', () => {
  it('makes command ids that the bridge accepts and that do not repeat', () => {
    const ids = Array.from({ length: 1_000 }, () => browserPlatform.newCommandId());
    for (const id of ids)
      expect(commandIdSchema.parse(id)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    expect(new Set(ids).size).toBe(1_000);
  });
});
