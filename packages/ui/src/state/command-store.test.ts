import type { CounterId, KioskId, ServiceId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test/test-platform.ts';
import { createCommandStore } from './command-store.ts';
import { createTestBridge } from './test/test-bridge.ts';

const input = {
  kioskId: 'kiosk-1' as KioskId,
  serviceIds: ['id-card' as ServiceId],
  language: 'de',
  partySize: 1,
} as const;
const drawn = { ok: true, value: { visitId: null, number: 'B207' } } as const;
const unreachable = { ok: false, refusal: { type: 'unreachable' } } as const;

function setUp() {
  const platform = createTestPlatform();
  const bridge = createTestBridge(platform);
  return { bridge, command: createCommandStore(bridge, platform, 'issueTicket') };
}

describe('createCommandStore', () => {
  it('Kiosk: a double or triple press sends one command with one id', async () => {
    const { bridge, command } = setUp();
    const first = command.run({ ...input, serviceIds: [...input.serviceIds] });
    expect(command.store.getState().pending).toBe(true);
    expect(await command.run({ ...input, serviceIds: [...input.serviceIds] })).toBeNull();
    expect(await command.run({ ...input, serviceIds: [...input.serviceIds] })).toBeNull();
    expect(bridge.calls).toHaveLength(1);
    bridge.calls[0]?.answer(drawn);
    expect(await first).toEqual(drawn);
    expect(command.store.getState()).toEqual({ pending: false, refusal: null, receipt: drawn.value });
  });

  it('a press after the answer is a new command', async () => {
    const { bridge, command } = setUp();
    for (const index of [0, 1]) {
      const run = command.run({ ...input, serviceIds: [...input.serviceIds] });
      bridge.calls[index]?.answer(drawn);
      await run;
    }
    expect(bridge.calls[0]?.commandId).not.toBe(bridge.calls[1]?.commandId);
  });

  it('O6: pressing for the same thing after no answer came sends the same id again', async () => {
    const { bridge, command } = setUp();
    for (const [index, result] of [unreachable, unreachable, drawn].entries()) {
      const run = command.run({ ...input, serviceIds: [...input.serviceIds] });
      bridge.calls[index]?.answer(result);
      await run;
    }
    expect(new Set(bridge.calls.map((call) => call.commandId)).size).toBe(1);
    expect(command.store.getState().refusal).toBeNull();
  });

  it('pressing for another thing after no answer came is a new command', async () => {
    const { bridge, command } = setUp();
    const run = command.run({ ...input, serviceIds: [...input.serviceIds] });
    bridge.calls[0]?.answer(unreachable);
    await run;
    expect(command.store.getState().refusal).toEqual({ type: 'unreachable' });
    void command.run({ ...input, serviceIds: ['passport' as ServiceId] });
    expect(bridge.calls[0]?.commandId).not.toBe(bridge.calls[1]?.commandId);
  });

  it('after a reset the next citizen gets a command of their own, and no late answer of the last one', async () => {
    const { bridge, command } = setUp();
    const first = command.run({ ...input, serviceIds: [...input.serviceIds] });
    command.reset();
    expect(command.store.getState().pending).toBe(false);
    const second = command.run({ ...input, serviceIds: [...input.serviceIds] });
    bridge.calls[0]?.answer(unreachable);
    await first;
    expect(command.store.getState()).toEqual({ pending: true, refusal: null, receipt: null });
    bridge.calls[1]?.answer(drawn);
    await second;
    expect(bridge.calls[0]?.commandId).not.toBe(bridge.calls[1]?.commandId);
    expect(command.store.getState().receipt).toEqual(drawn.value);
  });

  it('keeps the refusal until the next press', async () => {
    const platform = createTestPlatform();
    const bridge = createTestBridge(platform);
    const command = createCommandStore(bridge, platform, 'callNext');
    const run = command.run({ counterId: 'counter-1' as CounterId });
    bridge.calls[0]?.answer({ ok: false, refusal: { type: 'nobodyWaiting' } });
    await run;
    expect(command.store.getState().refusal).toEqual({ type: 'nobodyWaiting' });
    void command.run({ counterId: 'counter-1' as CounterId });
    expect(command.store.getState().refusal).toBeNull();
  });
});
