import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, type CommandName } from '../domain/commands.ts';
import type { CounterId, DisplayId, KioskId } from '../lib/ids.ts';
import { commandRoles } from './command-table.ts';
import { dispatch } from './dispatch.ts';
import { type MachineCommandName, machineCommands } from './machine-table.ts';
import { MAX_DETAIL_LENGTH } from './refuse-malformed.ts';
import { type Caller, ROLES, type Role, rolesOf } from './roles.ts';
import { createTestHost } from './test/test-host.ts';
import { type TopicName, topicTable } from './topic-table.ts';
import { checkSubscription } from './topics.ts';

const callers: Record<Role, Caller> = {
  kiosk: { role: 'kiosk', kioskId: 'kiosk-1' as KioskId },
  display: { role: 'display', displayId: 'display-1' as DisplayId },
  clerk: { role: 'clerk', counterId: 'counter-1' as CounterId },
  supervisor: { role: 'clerk', counterId: 'counter-2' as CounterId },
  visitor: { role: 'visitor' },
  portal: { role: 'portal' },
};
const { config } = createTestHost().state().info;
/** A supervisor is a clerk, too. */
const mayBe = (allowed: readonly Role[], role: Role): boolean =>
  rolesOf(callers[role], config).some((own) => allowed.includes(own));
const tables = [...COMMAND_NAMES, ...(Object.keys(machineCommands) as MachineCommandName[])];
const rolesFor = (name: (typeof tables)[number]): readonly Role[] =>
  name in machineCommands ? machineCommands[name as MachineCommandName].roles : commandRoles[name as CommandName];
const pairs = <N extends string>(names: readonly N[]) =>
  names.flatMap((name) => ROLES.map((role) => [name, role] as const));

describe('dispatch', () => {
  // A role that may gets as far as the input, which is wrong on purpose.
  it.each(pairs(tables))('X8: %s by %s is allowed exactly where its table says so', async (name, role) => {
    const host = createTestHost();
    const answer = await dispatch(host, callers[role], { name, input: null, commandId: 'command-00000000' });
    const expected = mayBe(rolesFor(name), role) ? 'malformed' : 'notAllowed';
    expect(answer).toMatchObject({ ok: false, refusal: { type: expected } });
    expect(host.executed).toEqual([]);
  });

  it('X8: a display has no command at all', () => {
    expect(tables.filter((name) => rolesFor(name).includes('display'))).toEqual([]);
  });

  it('takes the role from the caller: one in the message is refused as malformed', async () => {
    const host = createTestHost();
    const message = {
      name: 'callNext',
      input: { counterId: 'counter-1', role: 'clerk' },
      commandId: 'command-00000000',
    };
    expect(await dispatch(host, callers.visitor, message)).toMatchObject({ refusal: { type: 'notAllowed' } });
    expect(await dispatch(host, callers.clerk, message)).toMatchObject({ refusal: { type: 'malformed' } });
    expect(host.executed).toEqual([]);
  });

  it('Bad input: what is not JSON is malformed, and a refusal never echoes much of a message', async () => {
    const host = createTestHost();
    expect(await dispatch(host, callers.clerk, { input: 1n })).toMatchObject({ refusal: { type: 'malformed' } });
    expect(await dispatch(host, callers.clerk, undefined)).toMatchObject({ refusal: { type: 'malformed' } });
    const long = {
      name: 'callNext',
      input: { counterId: 'counter-1', ['x'.repeat(5_000)]: 1 },
      commandId: 'command-00000000',
    };
    const answer = await dispatch(host, callers.clerk, long);
    expect(answer).toMatchObject({
      refusal: { detail: expect.stringMatching(new RegExp(`^.{${MAX_DETAIL_LENGTH}}$`)) },
    });
  });
});

describe('checkSubscription', () => {
  it.each(pairs(Object.keys(topicTable) as TopicName[]))(
    'X8: %s for %s is allowed exactly where the topic table says so',
    (topic, role) => {
      const params =
        { kioskMenu: { kioskId: 'kiosk-1' }, callBoard: { displayId: 'display-1' } }[topic as string] ?? {};
      const ticket = topic === 'ticket' ? { visitId: 'visit-0000000000' } : params;
      const counter =
        topic.startsWith('counterQ') || topic.startsWith('counterD') || topic === 'hubOverview'
          ? { counterId: role === 'supervisor' ? 'counter-2' : 'counter-1' }
          : ticket;
      const result = checkSubscription(callers[role], { subscription: 1, topic, params: counter });
      expect(result.ok).toBe(mayBe(topicTable[topic].roles, role));
    },
  );

  it('X8: a bound clerk watches the own counter only', () => {
    const message = { subscription: 1, topic: 'counterDesk', params: { counterId: 'counter-2' } };
    expect(checkSubscription(callers.clerk, message)).toMatchObject({ ok: false, refusal: { type: 'notAllowed' } });
    expect(checkSubscription({ role: 'clerk', counterId: null }, message).ok).toBe(true);
  });
});
