import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canonicalJson } from '../sync/canonical-json.ts';
import { GENESIS_HASH } from '../sync/event.ts';
import { MAX_BATCH_EVENTS } from './limits.ts';
import { hintSchemas, PROTOCOL_MINIMUM, PROTOCOL_VERSION, requestSchemas, wireErrorSchema } from './messages.ts';

const historyFile = new URL('./wire-schema-history.json', import.meta.url);

/** Hash of the schemas' JSON Schema form: every shape and limit, and no wording. */
function wireSchemaHash(): string {
  const all = { requests: requestSchemas, hints: hintSchemas };
  const shapes = {
    requests: Object.entries(all.requests).map(([name, { request, answer }]) => [name, json(request), json(answer)]),
    hints: Object.entries(all.hints).map(([name, schema]) => [name, json(schema)]),
  };
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(shapes))))
    .digest('hex');
}
const json = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });

const incarnation = 'a'.repeat(32);
const event = {
  device: 'kiosk-1',
  incarnation,
  seq: 1,
  prevHash: GENESIS_HASH,
  day: '2026-11-23',
  type: 'v1.TicketHandedOver',
  v: 1,
  payload: {},
  deviceAt: 1,
  monoMs: 1,
};

describe('wire messages', () => {
  it('P4: a wire schema changes only together with PROTOCOL_VERSION', () => {
    const history = JSON.parse(readFileSync(historyFile, 'utf8')) as Record<string, string>;
    const found = wireSchemaHash();
    expect(
      history[PROTOCOL_VERSION],
      `A wire message has changed its shape. Devices in the field speak the old one. Either take the change back, or raise
PROTOCOL_VERSION in messages.ts, say in PROTOCOL_MINIMUM whether the older version is still understood, and add the line
  "${PROTOCOL_VERSION + 1}": "${found}"
to wire-schema-history.json. Never edit a line of a version that has been shipped.`,
    ).toBe(found);
  });

  it('P4: the history has a line for every version, and the minimum is one of them', () => {
    const history = JSON.parse(readFileSync(historyFile, 'utf8')) as Record<string, string>;
    const versions = Array.from({ length: PROTOCOL_VERSION }, (_, i) => String(i + 1));
    expect(Object.keys(history)).toEqual(versions);
    expect(versions).toContain(String(PROTOCOL_MINIMUM));
  });

  it('P1: a push takes 1 to MAX_BATCH_EVENTS events', () => {
    const { request } = requestSchemas['sync:push'];
    const push = (count: number) => request.safeParse({ events: Array(count).fill(event), deviceAt: 1 }).success;
    expect([push(0), push(1), push(MAX_BATCH_EVENTS), push(MAX_BATCH_EVENTS + 1)]).toEqual([false, true, true, false]);
  });

  it('J1: an event has no field besides those of the envelope, and each within its range', () => {
    const { request } = requestSchemas['sync:push'];
    const accepts = (over: object) => request.safeParse({ events: [{ ...event, ...over }], deviceAt: 1 }).success;
    expect(accepts({})).toBe(true);
    for (const wrong of [
      { extra: 1 },
      { seq: 0 },
      { seq: 1.5 },
      { incarnation: 'A'.repeat(32) },
      { prevHash: 'f'.repeat(63) },
      { day: '2026-13-01' },
      { type: 'TicketHandedOver' },
      { type: `v1.${'A'.repeat(62)}` },
      { payload: [] },
      { deviceAt: -1 },
      { device: 'kiosk 1' },
    ]) {
      expect(accepts(wrong), JSON.stringify(wrong)).toBe(false);
    }
  });

  it('J6: an event of an unknown type and a newer version is well-formed', () => {
    const { request } = requestSchemas['sync:push'];
    const newer = { ...event, type: 'v7.RobotGreeted', v: 3, payload: { anything: [1, { deep: true }] } };
    expect(request.safeParse({ events: [newer], deviceAt: 1 }).success).toBe(true);
  });

  it('a refusal explains itself in at most 500 characters', () => {
    expect(wireErrorSchema.safeParse({ type: 'gap', detail: 'x'.repeat(500) }).success).toBe(true);
    expect(wireErrorSchema.safeParse({ type: 'gap', detail: 'x'.repeat(501) }).success).toBe(false);
    expect(wireErrorSchema.safeParse({ type: 'nonsense', detail: '' }).success).toBe(false);
  });
});
