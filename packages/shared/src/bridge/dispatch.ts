/**
 * The one gate for commands, whatever carries them (socket.io, IPC, memory): size, name, role, input and station are
 * checked here and nowhere else, then the host carries the command out.
 *
 * Invariants: the role comes from the caller, which the transport established, never from the message (rule 1); a
 * refused message changes nothing; no message, however broken, makes it throw. Called by bridge sessions only.
 */
import type { z } from 'zod';
import { type Command, type CommandRefusal, commandSchemas, type Receipt } from '../domain/commands.ts';
import type { LocationConfig } from '../domain/location-config/schema.ts';
import type { CommandId } from '../lib/ids.ts';
import { type Result, refuse } from '../lib/result.ts';
import { type BridgeRefusal, MAX_COMMAND_BYTES } from './bridge.ts';
import { commandRoles } from './command-table.ts';
import { executeOnMachine } from './execute-on-machine.ts';
import type { CommandHost } from './host.ts';
import { jsonBytes } from './json-size.ts';
import { type MachineCommand, type MachineRefusalType, machineCommands } from './machine-table.ts';
import { refuseMalformed } from './refuse-malformed.ts';
import { type Caller, type Role, rolesOf } from './roles.ts';
import { callMessageSchema } from './wire.ts';

export type DispatchResult = Result<Receipt, CommandRefusal | BridgeRefusal | { readonly type: MachineRefusalType }>;

/**
 * Checks a message and has it carried out. Refusals: `malformed` (with path and expectation), `tooLarge`,
 * `unknownName`, `notAllowed`, and whatever the host refuses. Repeating a message with the same command id is answered
 * by the host, not repeated.
 */
export async function dispatch(host: CommandHost, caller: Caller, message: unknown): Promise<DispatchResult> {
  const checked = checkCommand(caller, host.state().info.config, message);
  if (!checked.ok) return checked;
  return isForMachine(checked.value) ? executeOnMachine(host, checked.value) : host.execute(checked.value);
}

function checkCommand(
  caller: Caller,
  config: LocationConfig | null,
  message: unknown,
): Result<Command | MachineCommand, BridgeRefusal> {
  const bytes = jsonBytes(message);
  if (bytes === null) return refuse({ type: 'malformed', detail: 'message: expected JSON' });
  if (bytes > MAX_COMMAND_BYTES) {
    return refuse({ type: 'tooLarge', detail: `${bytes} bytes, at most ${MAX_COMMAND_BYTES} are taken` });
  }
  const envelope = callMessageSchema.safeParse(message);
  if (!envelope.success) return refuseMalformed('message', envelope.error);
  const { name, input, commandId } = envelope.data;
  const row = tableRow(name);
  if (row === null) return refuse({ type: 'unknownName', detail: `no command "${name}"` });
  if (!rolesOf(caller, config).some((role) => row.roles.includes(role))) {
    return refuse({ type: 'notAllowed', detail: `${name} is not for the role ${caller.role}` });
  }
  const parsed = row.input.safeParse(input);
  if (!parsed.success) return refuseMalformed('input', parsed.error);
  const foreign = foreignStation(caller, parsed.data);
  if (foreign !== null) return refuse({ type: 'notAllowed', detail: foreign });
  return { ok: true, value: toCommand(name, commandId, parsed.data) };
}

interface TableRow {
  readonly roles: readonly Role[];
  readonly input: z.ZodType;
}

// `hasOwn`, so that names every object inherits ("constructor") are unknown too.
const isIn = <T extends object>(table: T, name: string): name is Extract<keyof T, string> => Object.hasOwn(table, name);

function tableRow(name: string): TableRow | null {
  if (isIn(machineCommands, name)) return machineCommands[name];
  return isIn(commandSchemas, name) ? { roles: commandRoles[name], input: commandSchemas[name].input } : null;
}

const isForMachine = (command: Command | MachineCommand): command is MachineCommand =>
  isIn(machineCommands, command.name);

/** The schema of `name` just accepted `input`: the one place where the compiler has to take our word for it. */
const toCommand = (name: string, commandId: CommandId, input: unknown): Command | MachineCommand =>
  ({ name, commandId, input }) as Command | MachineCommand;

/**
 * Says what is wrong when a message (or a topic's parameters) names a station other than the caller's own; null when
 * nothing is. A clerk who is not bound to a counter chooses one.
 */
export function foreignStation(caller: Caller, input: unknown): string | null {
  const named = input as { readonly kioskId?: unknown; readonly displayId?: unknown; readonly counterId?: unknown };
  switch (caller.role) {
    case 'kiosk':
      return isOther(named.kioskId, caller.kioskId);
    case 'display':
      return isOther(named.displayId, caller.displayId);
    case 'clerk':
      return caller.counterId === null ? null : isOther(named.counterId, caller.counterId);
    case 'visitor':
    case 'portal':
      return null;
  }
}

const isOther = (named: unknown, own: string): string | null =>
  named === undefined || named === own ? null : `this caller is bound to ${own}`;
