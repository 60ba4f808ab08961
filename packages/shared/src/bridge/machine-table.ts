/**
 * What can be asked of the machine behind the bridge, rather than of the location's day: checked by `dispatch` like any
 * command, carried out at once and journaled by nobody.
 */
import { z } from 'zod';
import { type CommandId, counterIdSchema } from '../lib/ids.ts';
import { hubPlaceSchema } from '../takeover/hub-place.ts';
import { NOT_OFFERED } from '../takeover/takeover-offer.ts';
import type { Role } from './roles.ts';

interface MachineRow {
  readonly input: z.ZodType;
  readonly refusals: readonly string[];
  readonly roles: readonly Role[];
}

export const machineCommands = {
  /** Makes this machine the hub (M5). The place is the one that was read before it was confirmed. */
  takeOverHub: {
    input: z.strictObject({ counterId: counterIdSchema, place: hubPlaceSchema }),
    /** `otherPlace`: the configuration names another address by now. */
    refusals: [...NOT_OFFERED, 'otherPlace'],
    roles: ['supervisor'],
  },
} as const satisfies Record<string, MachineRow>;

export type MachineCommandName = keyof typeof machineCommands;
export type MachineCommandInput<N extends MachineCommandName> = z.infer<(typeof machineCommands)[N]['input']>;
export type MachineRefusalType = (typeof machineCommands)[MachineCommandName]['refusals'][number];
export type MachineCommand = {
  readonly [N in MachineCommandName]: {
    readonly name: N;
    readonly commandId: CommandId;
    readonly input: MachineCommandInput<N>;
  };
}[MachineCommandName];
