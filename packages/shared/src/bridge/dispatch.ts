/**
 * The one gate for commands, whatever carries them (socket.io, IPC, memory): size, name, role, input and station are
 * checked here and nowhere else, then the host carries the command out.
 *
 * Invariants: the role comes from the caller, which the transport established, never from the message (rule 1); a
 * refused message changes nothing; no message, however broken, makes it throw. Called by bridge sessions only.
 */
import type { z } from 'zod';
import {
  type Command,
  type CommandName,
  type CommandRefusal,
  commandSchemas,
  type Receipt,
} from '../domain/commands.ts';
import type { CommandId } from '../lib/ids.ts';
import { type Result, refuse } from '../lib/result.ts';
import { type BridgeRefusal, MAX_COMMAND_BYTES } from './bridge.ts';
import { commandRoles } from './command-table.ts';
import type { CommandHost } from './host.ts';
import { jsonBytes } from './json-size.ts';
import { refuseMalformed } from './refuse-malformed.ts';
import type { Caller, Role } from './roles.ts';
import { callMessageSchema } from './wire.ts';

export type DispatchResult = Result<Receipt, CommandRefusal | BridgeRefusal>;

/**
 * Checks a message and has it carried out. Refusals: `malformed` (with path and expectation), `tooLarge`,
 * `unknownName`, `notAllowed`, and whatever the host refuses. Repeating a message with the same command id is answered
 * by the host, not repeated.
 */
export async function dispatch(host: CommandHost, caller: Caller, message: unknown): Promise<DispatchResult> {
  const checked = checkCommand(caller, message);
  return checked.ok ? host.execute(checked.value) : checked;
}

function checkCommand(caller: Caller, message: unknown): Result<Command, BridgeRefusal> {
  const bytes = jsonBytes(message);
  if (bytes === null) return refuse({ type: 'malformed', detail: 'message: expected JSON' });
  if (bytes > MAX_COMMAND_BYTES) {
    return refuse({ type: 'tooLarge', detail: `${bytes} bytes, at most ${MAX_COMMAND_BYTES} are taken` });
  }
  const envelope = callMessageSchema.safeParse(message);
  if (!envelope.success) return refuseMalformed('message', envelope.error);
  const { name, input, commandId } = envelope.data;
  if (!isCommandName(name)) return refuse({ type: 'unknownName', detail: `no command "${name}"` });
  const roles: readonly Role[] = commandRoles[name];
  if (!roles.includes(caller.role)) {
    return refuse({ type: 'notAllowed', detail: `${name} is not for the role ${caller.role}` });
  }
  const parsed = (commandSchemas[name].input as z.ZodType).safeParse(input);
  if (!parsed.success) return refuseMalformed('input', parsed.error);
  const foreign = foreignStation(caller, parsed.data);
  if (foreign !== null) return refuse({ type: 'notAllowed', detail: foreign });
  return { ok: true, value: toCommand(name, commandId, parsed.data) };
}

// `hasOwn`, so that names every object inherits ("constructor") are unknown too.
const isCommandName = (name: string): name is CommandName => Object.hasOwn(commandSchemas, name);

/** The schema of `name` just accepted `input`: the one place where the compiler has to take our word for it. */
const toCommand = (name: CommandName, commandId: CommandId, input: unknown): Command =>
  ({ name, commandId, input }) as Command;

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
