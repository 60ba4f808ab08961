import { commandRoles } from '@aufruf/shared/bridge/command-table';
import { COMMAND_NAMES, commandSchemas } from '@aufruf/shared/domain/commands';
import { FACT_TYPES } from '@aufruf/shared/domain/facts';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { readPushed } from './claims-in-push.ts';
import { deviceRole, mayPush } from './hub-core-rights.ts';
import { bigLocation } from './test/big-location.ts';
import { callNext, draw } from './test/commands.ts';
import { createForger } from './test/raw-device.ts';

const event = (type: string, payload: Record<string, unknown> = {}) =>
  readPushed(createForger('kiosk-1')(type, payload));
const role = (id: string) => deviceRole(id as DeviceId, bigLocation());

describe('rights of devices', () => {
  it('X8: a device’s role comes from the configuration', () => {
    expect([role('kiosk-2'), role('counter-3'), role('display-1'), role('hub'), role('kiosk-9')]).toEqual([
      'kiosk',
      'clerk',
      'display',
      null,
      null,
    ]);
    expect(deviceRole('kiosk-1' as DeviceId, null)).toBeNull();
  });

  it('X8: a claim is brought by who may send its command', () => {
    expect([
      mayPush('kiosk', event('v1.ClaimMade', { command: draw() })),
      mayPush('clerk', event('v1.ClaimMade', { command: draw() })),
    ]).toEqual([true, false]);
    expect([
      mayPush('clerk', event('v1.ClaimMade', { command: callNext('counter-1') })),
      mayPush('kiosk', event('v1.ClaimMade', { command: callNext('counter-1') })),
    ]).toEqual([true, false]);
  });

  it('X8: a display brings nothing at all, not even what nobody knows', () => {
    for (const type of [...FACT_TYPES, 'v1.ClaimMade', 'v1.ClaimWithdrawn', 'v1.ClaimDecided', 'v9.Unknown']) {
      expect(mayPush('display', event(type)), type).toBe(false);
    }
  });

  it('O5: each fact a device may decide is brought by one role, all others by none; a day is opened by either', () => {
    const both = (type: string) => mayPush('kiosk', event(type)) && mayPush('clerk', event(type));
    expect(FACT_TYPES.filter(both)).toEqual(['v1.DayOpened']);
    const facts = FACT_TYPES.filter((type) => !both(type));
    const byDevices = facts.filter((type) => mayPush('kiosk', event(type)) || mayPush('clerk', event(type)));
    // One fact for each command a device decides: a new one must be given its right here.
    const decidedByDevice = COMMAND_NAMES.filter((name) => commandSchemas[name].decidedBy === 'device');
    expect(byDevices).toHaveLength(decidedByDevice.length);
    const kioskCommands = decidedByDevice.filter((name) => (commandRoles[name] as readonly string[]).includes('kiosk'));
    expect(facts.filter((type) => mayPush('kiosk', event(type)))).toHaveLength(kioskCommands.length);
  });

  it('M3: what a device decided alone is brought by who may send its command, in the right shape', () => {
    const commandId = 'test-command-granted';
    const visit = { commandId, visitId: commandId };
    const at = { ...visit, counterId: 'counter-1' };
    const granted = (type: string, payload: Record<string, unknown>) => ({
      commandId,
      outcome: { type: 'granted', facts: [{ type, payload }], receipt: { visitId: null, number: null } },
    });
    const number = { seriesId: 'a', value: 7_001, text: 'A7001' };
    const checkedIn = granted('v1.AppointmentCheckedIn', { ...visit, number, origin: { kind: 'portal' } });
    const called = granted('v1.VisitCalled', { ...at, mode: 'next' });
    const refused = { commandId, outcome: { type: 'refused', refusal: { type: 'nobodyWaiting' } } };
    const rights = (payload: Record<string, unknown>) =>
      (['kiosk', 'clerk', 'display'] as const).filter((one) => mayPush(one, event('v1.ClaimDecided', payload)));
    expect(rights(checkedIn)).toEqual(['kiosk']);
    expect(rights(called)).toEqual(['clerk']);
    expect(rights(refused)).toEqual(['kiosk', 'clerk']);
    expect(rights(granted('v1.DayOpened', { day: '2026-11-23' }))).toEqual([]);
    expect(rights({})).toEqual([]);
  });

  it('O6: every author may withdraw its own claims', () => {
    expect([mayPush('kiosk', event('v1.ClaimWithdrawn')), mayPush('clerk', event('v1.ClaimWithdrawn'))]).toEqual([
      true,
      true,
    ]);
  });

  it('J6: kiosks and counters hand over types of a newer version', () => {
    expect([mayPush('kiosk', event('v2.TicketIssued')), mayPush('clerk', event('v1.RobotGreeted'))]).toEqual([
      true,
      true,
    ]);
  });
});
