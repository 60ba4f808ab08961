import { EMPTY_RECEIPT, type Receipt } from '../domain/commands.ts';
import { type Result, refuse } from '../lib/result.ts';
import { takeoverOffer } from '../takeover/takeover-offer.ts';
import type { BridgeRefusal } from './bridge.ts';
import type { CommandHost } from './host.ts';
import type { MachineCommand, MachineRefusalType } from './machine-table.ts';

/** Carries a command out that `dispatch` has checked; whether it is offered is asked here, whatever the page has shown. */
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
