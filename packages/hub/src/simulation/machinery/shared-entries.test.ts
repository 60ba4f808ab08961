import { sha256 } from '@aufruf/engine/platform/sha256';
import { type VerifiedEntry, verifyEntry, verifyHeld } from '@aufruf/engine/store/verified-entry';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { ENVELOPE_VERSION, GENESIS_HASH, type JournalEvent } from '@aufruf/shared/sync/event';
import { chainRow, hashEvent } from '@aufruf/shared/sync/hash';
import { describe, expect, it } from 'vitest';
import { createSharedEntries } from './shared-entries.ts';

const day = '2026-03-02' as LocalDate;
const after = { day, epoch: 0, n: 0, chain: GENESIS_HASH };

function entryOf(note: string, isHeld = false): VerifiedEntry {
  const event: JournalEvent = {
    device: 'kiosk-1' as DeviceId,
    incarnation: 'a'.repeat(32) as Incarnation,
    seq: 1,
    prevHash: GENESIS_HASH,
    day,
    type: 'v1.Noted',
    v: ENVELOPE_VERSION,
    payload: { note },
    deviceAt: 5,
    monoMs: 5,
  };
  const { device, incarnation, seq } = event;
  const hash = hashEvent(event, sha256);
  const unchained = { day, epoch: 1, n: 1, device, incarnation, seq, eventHash: hash, receivedAt: 6, effectiveAt: 6 };
  const row = { ...unchained, chain: chainRow(GENESIS_HASH, unchained, sha256) };
  const entry = isHeld ? verifyHeld(row, { event, hash }, after, sha256) : verifyEntry(row, event, after, sha256);
  assert(!('problem' in entry), 'fits');
  return entry;
}

describe('shared entries', () => {
  it('remember one of several equal ones', () => {
    const share = createSharedEntries();
    const first = entryOf('a');
    expect(share(first)).toBe(first);
    expect(share(entryOf('a'))).toBe(first);
    expect(share(entryOf('b'))).not.toBe(first);
  });

  it.each<[string, (entry: VerifiedEntry) => VerifiedEntry]>([
    ['payload', (entry) => ({ ...entry, sealed: entry.sealed && { ...entry.sealed, payloadJson: '{"note":"b"}' } })],
    ['envelope', (entry) => ({ ...entry, event: { ...entry.event, monoMs: 6 } })],
    ['row', (entry) => ({ ...entry, row: { ...entry.row, receivedAt: 7 } })],
    ['predecessor', (entry) => ({ ...entry, after: { ...entry.after, epoch: 1 } })],
  ])('leave one apart that has the same chain and another %s', (_, changed) => {
    const share = createSharedEntries();
    share(entryOf('a'));
    const other = changed(entryOf('a'));
    expect(share(other)).toBe(other);
  });

  it('leave alone what names a held event', () => {
    const share = createSharedEntries();
    const held = entryOf('a', true);
    share(entryOf('a'));
    expect(share(held)).toBe(held);
  });
});
