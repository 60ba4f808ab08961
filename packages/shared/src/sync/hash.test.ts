import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson, MAX_JSON_DEPTH, NotCanonicalError } from './canonical-json.ts';
import { eventSchema, GENESIS_HASH, type Hash } from './event.ts';
import { canonicalEvent, chainRow, hashEvent } from './hash.ts';
import { orderRowSchema } from './order.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const event = eventSchema.parse({
  device: 'kiosk-1',
  incarnation: '0123456789abcdef0123456789abcdef',
  seq: 1,
  prevHash: GENESIS_HASH,
  day: '2026-03-29',
  type: 'v1.ClaimMade',
  v: 1,
  payload: { text: 'Müller €', at: 1 },
  deviceAt: 1_774_755_000_000,
  monoMs: 42,
});

const row = orderRowSchema.parse({
  day: '2026-03-29',
  n: 1,
  epoch: 3,
  device: 'kiosk-1',
  incarnation: '0123456789abcdef0123456789abcdef',
  seq: 1,
  eventHash: 'a'.repeat(64),
  receivedAt: 1_774_755_000_100,
  effectiveAt: 1_774_755_000_000,
  chain: GENESIS_HASH,
});

describe('hash of an event', () => {
  it('J1: is SHA-256 over the canonical envelope, which must never change', () => {
    expect(canonicalEvent(event)).toBe(
      '{"day":"2026-03-29","device":"kiosk-1","deviceAt":1774755000000,"incarnation":"0123456789abcdef0123456789abcdef",' +
        `"monoMs":42,"payload":{"at":1,"text":"Müller €"},"prevHash":"${GENESIS_HASH}","seq":1,"type":"v1.ClaimMade","v":1}`,
    );
    expect(hashEvent(event, sha256)).toBe(sha256(canonicalEvent(event)));
  });

  it('J1: is the canonical JSON of the envelope, to the byte, and refuses what that refuses', () => {
    const odd = { ...event, type: 'quote " and €', payload: { b: [1.5, -0, null], a: { 2: 'x', 10: '\u{1f600}' } } };
    for (const one of [event, odd]) expect(canonicalEvent(one)).toBe(canonicalJson(one));
    const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;
    const deep = (levels: number) => ({ ...event, payload: { deep: nested(levels) } });
    expect(canonicalEvent(deep(MAX_JSON_DEPTH - 2))).toBe(canonicalJson(deep(MAX_JSON_DEPTH - 2)));
    const { monoMs: _, ...incomplete } = event;
    for (const bad of [
      deep(MAX_JSON_DEPTH - 1),
      { ...event, seq: Number.NaN },
      { ...event, type: '\ud800' },
      incomplete,
    ])
      expect(() => canonicalEvent(bad as typeof event)).toThrow(NotCanonicalError);
  });

  it.each(Object.keys(eventSchema.shape))('J1: covers the field %s', (field) => {
    const value = event[field as keyof typeof event];
    const other = typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}0` : { other: true };
    expect(hashEvent({ ...event, [field]: other }, sha256)).not.toBe(hashEvent(event, sha256));
  });

  it('J1: leaves out what an object carries besides the envelope', () => {
    expect(hashEvent({ ...event, hash: 'x' } as typeof event, sha256)).toBe(hashEvent(event, sha256));
  });
});

describe('chain of the order', () => {
  it('O1: covers the chain before it and every field of the row but its own chain', () => {
    const chain = chainRow(GENESIS_HASH, row, sha256);
    expect(chainRow('b'.repeat(64) as Hash, row, sha256)).not.toBe(chain);
    for (const [field, value] of Object.entries(row)) {
      const other = typeof value === 'number' ? value + 1 : `${value}0`;
      const changed = chainRow(GENESIS_HASH, { ...row, [field]: other }, sha256);
      if (field === 'chain') expect(changed).toBe(chain);
      else expect(changed, field).not.toBe(chain);
    }
  });

  it('O1: is SHA-256 over the canonical JSON of the chain before it and the row, to the byte', () => {
    const { chain: _, ...unchained } = { ...row, device: 'Gerät "1"' as typeof row.device };
    expect(chainRow(GENESIS_HASH, unchained, sha256)).toBe(sha256(canonicalJson([GENESIS_HASH, unchained])));
  });

  it('O1: is the same on every device and in every version', () => {
    expect(chainRow(GENESIS_HASH, row, sha256)).toBe(
      '43078665e5c9f25ff5b6fb7bf04d4061b029918e547b142e2db1566f01ba7518',
    );
  });
});
