import { HOUR_MS } from '@aufruf/shared/lib/time';
import type { JournalKey } from '@aufruf/shared/sync/event';
import { describe, expect, it } from 'vitest';
import { effectiveAt } from './effective-at.ts';

const journal: JournalKey = 'kiosk-1/0';
/** The device said hello at 10:00 (hub time, in ms here) holding events up to 5, and was heard before at 9:00. */
const contact = { helloAt: 10 * HOUR_MS, heldAtHello: { [journal]: 5 }, previousContactAt: 9 * HOUR_MS };
const receivedAt = 10 * HOUR_MS + 500;
const of = (seq: number, deviceAt: number, sentAt: number) =>
  effectiveAt({ journal, seq, deviceAt, sentAt }, contact, receivedAt);

describe('effectiveAt', () => {
  it('T1: takes the device’s time, corrected by its measured offset', () => {
    // The device is 3 h ahead and made the event 20 min before it sent it.
    const sentAt = receivedAt + 3 * HOUR_MS;
    expect(of(5, sentAt - HOUR_MS / 3, sentAt)).toBe(receivedAt - HOUR_MS / 3);
  });

  it('T1: an event made before the hello is not earlier than the contact before it', () => {
    expect(of(5, 0, receivedAt)).toBe(contact.previousContactAt);
  });

  it('T1: an event made after the hello is not earlier than the hello', () => {
    expect(of(6, 0, receivedAt)).toBe(contact.helloAt);
  });

  it('T1: no event is later than its arrival, whatever the device’s clock says', () => {
    expect(of(5, receivedAt + HOUR_MS, receivedAt)).toBe(receivedAt);
    expect(of(6, receivedAt + 8_760 * HOUR_MS, receivedAt)).toBe(receivedAt);
  });

  it('T1: a clock of 1970 at both ends of the wait measures the wait', () => {
    expect(of(5, 1_000, 61_000)).toBe(receivedAt - 60_000);
  });

  it('T1: a wall clock that jumps back an hour between event and sending costs no more than the bounds', () => {
    expect(of(5, receivedAt - 1_000, receivedAt - HOUR_MS)).toBe(receivedAt);
  });

  it('T1: where the hub’s own clock was set back, the arrival wins', () => {
    expect(effectiveAt({ journal, seq: 6, deviceAt: 0, sentAt: 0 }, contact, contact.helloAt - 1)).toBe(
      contact.helloAt - 1,
    );
  });

  it('T1: a journal unknown at hello was begun after it', () => {
    const other = { journal: 'kiosk-1/1' as JournalKey, seq: 1, deviceAt: 0, sentAt: receivedAt };
    expect(effectiveAt(other, contact, receivedAt)).toBe(contact.helloAt);
  });
});
