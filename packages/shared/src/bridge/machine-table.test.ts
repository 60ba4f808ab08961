import { describe, expect, it } from 'vitest';
import { EMPTY_RECEIPT } from '../domain/commands.ts';
import type { CounterId } from '../lib/ids.ts';
import { dispatch } from './dispatch.ts';
import type { Caller } from './roles.ts';
import { createTestHost, type TestHost } from './test/test-host.ts';

const supervisor: Caller = { role: 'clerk', counterId: 'counter-2' as CounterId };
const PLACE = { device: 'counter-2', address: 'http://127.0.0.1:4701' };
const done = { ok: true, value: EMPTY_RECEIPT };
const refused = (type: string) => ({ ok: false, refusal: expect.objectContaining({ type }) });

const order = (host: TestHost, caller: Caller = supervisor, place: object = PLACE, counterId = 'counter-2') =>
  dispatch(host, caller, { name: 'takeOverHub', commandId: 'command-00000000', input: { counterId, place } });

function silent(): TestHost {
  const host = createTestHost();
  host.setMode('ALONE');
  return host;
}

describe('takeOverHub', () => {
  it.each(['RELAY', 'ALONE'] as const)(
    'M5: a supervisor makes a relay the hub while the old one is silent: %s',
    async (mode) => {
      const host = createTestHost();
      host.setMode(mode);
      expect(await order(host)).toEqual(done);
      expect([host.takenOver, host.executed]).toEqual([[PLACE], []]);
    },
  );

  it.each([
    ['ORDERED', 'hubAnswers'],
    ['CONNECTING', 'connecting'],
  ] as const)('M5: refused by the host itself, whatever the page shows: %s', async (mode, type) => {
    const host = createTestHost();
    host.setMode(mode);
    expect(await order(host)).toEqual(refused(type));
    expect(host.takenOver).toEqual([]);
  });

  it('M5: what was confirmed is what is done: another address or machine is refused', async () => {
    const host = silent();
    for (const other of [{ address: 'http://127.0.0.1:4702' }, { device: 'counter-1' }])
      expect(await order(host, supervisor, { ...PLACE, ...other })).toEqual(refused('otherPlace'));
    expect(host.takenOver).toEqual([]);
  });

  it('M5: asked again while it is under way it answers, and does nothing', async () => {
    const host = silent();
    for (const state of ['starting', 'refilling'] as const) {
      host.own.status = { state };
      expect(await order(host)).toEqual(done);
    }
    expect(host.takenOver).toEqual([]);
  });

  it('M5, S3: a disk that refuses is said', async () => {
    const host = silent();
    host.own.answer = { ok: false, refusal: { type: 'storageFailed' } };
    expect(await order(host)).toEqual(refused('storageFailed'));
  });

  it('M5: a hub has no machine to make the hub', async () => {
    const { machine: _, ...hub } = silent();
    expect(await order(hub as TestHost)).toEqual(refused('noMachine'));
  });

  it('X8: neither a clerk at another counter, nor one who is bound to none and names the supervisor\u2019s', async () => {
    const host = silent();
    const elsewhere: Caller = { role: 'clerk', counterId: 'counter-1' as CounterId };
    expect(await order(host, elsewhere, PLACE, 'counter-1')).toEqual(refused('notAllowed'));
    expect(await order(host, elsewhere)).toEqual(refused('notAllowed'));
    expect(await order(host, { role: 'clerk', counterId: null })).toEqual(refused('notAllowed'));
    expect(await order(host, supervisor, PLACE, 'counter-1')).toEqual(refused('notAllowed'));
    expect(host.takenOver).toEqual([]);
  });

  it.each([
    ['no address', { device: 'counter-2' }],
    ['an address that no hub can have', { ...PLACE, address: 'file:///etc/passwd' }],
    ['more than was asked for', { ...PLACE, force: true }],
  ])('Bad input: %s', async (_, place) => {
    expect(await order(silent(), supervisor, place)).toEqual(refused('malformed'));
  });
});
