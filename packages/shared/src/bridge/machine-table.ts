/**
 * What can be asked of the machine behind the bridge, rather than of the location's day: checked by `dispatch` like any
 * command, carried out at once and journaled by nobody.
 */
import { z } from 'zod';
import { EMPTY_RECEIPT, type Receipt } from '../domain/commands.ts';
import { type CommandId, counterIdSchema } from '../lib/ids.ts';
import { type Result, refuse } from '../lib/result.ts';
import { hubPlaceSchema } from '../takeover/hub-place.ts';
import { NOT_OFFERED, takeoverOffer } from '../takeover/takeover-offer.ts';
import type { BridgeRefusal } from './bridge.ts';
import type { CommandHost } from './host.ts';
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

/** Carries a checked command out. */
export function executeOnMachine(
  { machine, state, syncStatus }: CommandHost,
  { input: { place } }: MachineCommand,
): Result<Receipt, { readonly type: MachineRefusalType } | BridgeRefusal> {
  const { config } = state().info;
  if (machine === undefined || config === null) return refuse({ type: 'noMachine' });
  const view = machine.view();
  const done = { ok: true, value: EMPTY_RECEIPT } as const;
  const isUnderWay = view.ownHub.state === 'starting' || view.ownHub.state === 'refilling';
  const offer = takeoverOffer({ config, machine: view, mode: syncStatus().mode });
  // Asked again, by whoever has not heard the answer: it is being done, or is done.
  if (view.device === place.device && (isUnderWay || (!offer.ok && offer.refusal.type === 'isHub'))) return done;
  if (!offer.ok) return offer;
  if (offer.value.device !== place.device || offer.value.address !== place.address)
    return refuse({ type: 'otherPlace' });
  const begun = machine.takeOver(place, config);
  return begun.ok ? done : begun;
}
