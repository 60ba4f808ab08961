/** What the simulated people at a device have in their hands: its host, the clock, a way to tell what they saw. */
import type { Platform } from '@aufruf/engine/platform/platform';
import { type CallResult, isPassing } from '@aufruf/shared/bridge/bridge';
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { Command, CommandInput, CommandName } from '@aufruf/shared/domain/commands';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { EpochMs } from '@aufruf/shared/lib/time';
import type { CompressedClock } from './compressed-clock.ts';
import type { CommandMeter } from './pace-keeper.ts';
import type { ReplayRecord } from './records.ts';

/** A command nobody answered is given again after so long. Real ms. */
const RETRY_MS = 300;

export interface Station {
  readonly host: CommandHost;
  readonly platform: Platform;
  readonly clock: CompressedClock;
  readonly meter: CommandMeter;
  readonly tell: (record: ReplayRecord) => void;
}

/** Resolves after so many real ms. */
export const pause = (platform: Platform, realMs: number): Promise<void> =>
  new Promise((resolve) => platform.schedule(realMs, resolve));

/** The pace may change meanwhile, so a wait looks at the clock at least so often, real ms. */
const LOOK_MS = 100;

/** Resolves when the compressed clock shows this. */
export async function until({ platform, clock }: Station, virtualAt: EpochMs): Promise<void> {
  do await pause(platform, Math.min(LOOK_MS, clock.realDelayUntil(virtualAt)));
  while (clock.now() < virtualAt);
}

export interface Answered<N extends CommandName> {
  readonly commandId: CommandId;
  readonly result: CallResult<N>;
}

/**
 * Gives a command, and again as long as nobody answers. Each time under a new id: a device withdraws a claim before it
 * says `unreachable`, so that the one before is certain to have had no effect (O6).
 */
export async function order<N extends CommandName>(
  { host, platform, meter }: Station,
  name: N,
  input: CommandInput<N>,
  onGivenUp: (commandId: CommandId) => void = () => {},
): Promise<Answered<N>> {
  for (;;) {
    const commandId = platform.newCommandId();
    // The union of all commands cannot be built from a name that is not known yet; the signature has checked the pair.
    const command = { name, commandId, input } as unknown as Command;
    const answered = meter.begin();
    const result = (await host.execute(command)) as CallResult<N>;
    answered();
    if (result.ok || !isPassing(result.refusal.type)) return { commandId, result };
    onGivenUp(commandId);
    await pause(platform, RETRY_MS);
  }
}

/** Like `order`, for a command that cannot be refused in a replay. @throws when it is. */
export async function mustOrder<N extends CommandName>(
  station: Station,
  name: N,
  input: CommandInput<N>,
): Promise<void> {
  const { result } = await order(station, name, input);
  if (!result.ok) throw new Error(`${name} was refused: ${result.refusal.type} ${JSON.stringify(input)}`);
}
