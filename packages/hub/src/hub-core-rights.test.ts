import { commandRoles } from '@aufruf/shared/bridge/command-table';
import { COMMAND_NAMES, commandSchemas } from '@aufruf/shared/domain/commands';
import { FACT_TYPES } from '@aufruf/shared/domain/facts';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { deviceRole, mayPush } from './hub-core-rights.ts';
import { bigLocation } from './test/big-location.ts';
import { callNext, draw } from './test/commands.ts';
import { createForger } from './test/raw-device.ts';

const event = (type: string, payload: Record<string, unknown> = {}) => createForger('kiosk-1')(type, payload);
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

  it('O5: each fact a device may decide is brought by one role, all others by none', () => {
    const byDevices = FACT_TYPES.filter((type) => mayPush('kiosk', event(type)) || mayPush('clerk', event(type)));
    expect(FACT_TYPES.filter((type) => mayPush('kiosk', event(type)) && mayPush('clerk', event(type)))).toEqual([]);
    // One fact for each command a device decides: a new one must be given its right here.
    const decidedByDevice = COMMAND_NAMES.filter((name) => commandSchemas[name].decidedBy === 'device');
    expect(byDevices).toHaveLength(decidedByDevice.length);
    const kioskCommands = decidedByDevice.filter((name) => (commandRoles[name] as readonly string[]).includes('kiosk'));
    expect(FACT_TYPES.filter((type) => mayPush('kiosk', event(type)))).toHaveLength(kioskCommands.length);
  });

  it('O6: only the hub decides claims; every author may withdraw its own', () => {
    expect([mayPush('kiosk', event('v1.ClaimDecided')), mayPush('clerk', event('v1.ClaimDecided'))]).toEqual([
      false,
      false,
    ]);
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
