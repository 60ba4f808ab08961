/** Commands as a kiosk or counter sends them, for tests. */
import { type Command, type CommandName, commandSchemas } from '@aufruf/shared/domain/commands';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { z } from 'zod';

type RawInput<N extends CommandName> = z.input<(typeof commandSchemas)[N]['input']>;

let last = 0;

/** A new id with each call; pass one to repeat a command. */
export function command<N extends CommandName>(name: N, input: RawInput<N>, id?: string): Command {
  last += 1;
  const commandId = (id ?? `test-command-${String(last).padStart(8, '0')}`) as CommandId;
  return { name, commandId, input: commandSchemas[name].input.parse(input) } as Command;
}

export const draw = (serviceId = 'id-card', id?: string): Command =>
  command('issueTicket', { kioskId: 'kiosk-1', serviceIds: [serviceId], language: 'de', partySize: 1 }, id);
export const openCounter = (counterId: string): Command =>
  command('openCounter', { counterId, sessionId: `session-of-${counterId}`, takeOver: false });
export const callNext = (counterId: string, id?: string): Command => command('callNext', { counterId }, id);
export const markArrived = (counterId: string): Command => command('markArrived', { counterId });
export const finish = (counterId: string): Command =>
  command('finish', { counterId, outcome: 'done', deliveredServiceIds: [] });
