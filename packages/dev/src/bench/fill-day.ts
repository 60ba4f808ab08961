/**
 * A long day, played through a hub as its own callers would: everybody draws, is called, comes, is served. As many wait
 * at the end as at the beginning, so that an event late in the day has no other work to do than an early one.
 */
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { Command, CommandInput, CommandName, Receipt } from '@aufruf/shared/domain/commands';
import type { CommandId, CounterId, KioskId, SessionId } from '@aufruf/shared/lib/ids';
import { SERVICE_ID } from './bench-location.ts';
import { nowMs } from './clock.ts';
import type { BenchSizes } from './sizes.ts';

export interface EventCost {
  /** Events of the day by then. */
  readonly events: number;
  /** Decide, evolve and commit, µs an event, over the span before. */
  readonly us: number;
}

export interface FillOptions {
  readonly host: CommandHost;
  readonly newCommandId: () => CommandId;
  readonly sizes: BenchSizes;
}

/** Plays until the day has `dayEvents` rows, or a few more. @throws when a command is refused: then nothing is measured */
export async function fillDay({ host, newCommandId, sizes }: FillOptions): Promise<readonly EventCost[]> {
  const counters = Array.from({ length: sizes.counters }, (_, index) => `counter-${index + 1}` as CounterId);
  const kioskId = 'kiosk-1' as KioskId;

  async function order<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Receipt> {
    // The union of all commands cannot be built from a name that is not known yet; the signature has checked the pair.
    const result = await host.execute({ name, commandId: newCommandId(), input } as unknown as Command);
    if (!result.ok) throw new Error(`${name} was refused: ${JSON.stringify(result.refusal)}`);
    return result.value;
  }
  const draw = async (): Promise<void> => {
    const ticket = { kioskId, serviceIds: [SERVICE_ID], language: 'de', partySize: 1 } as const;
    const { visitId } = await order('issueTicket', { ...ticket, serviceIds: [...ticket.serviceIds] });
    if (visitId !== null) await order('confirmHandOver', { kioskId, visitId, means: 'print' });
  };
  /** A visit at each counter. Those of one moment share their commits, as they do on a busy day. */
  async function playVisits(): Promise<void> {
    await Promise.all(counters.map(draw));
    await Promise.all(counters.map((counterId) => order('callNext', { counterId })));
    await Promise.all(counters.map((counterId) => order('markArrived', { counterId })));
    await Promise.all(
      counters.map((counterId) => order('finish', { counterId, outcome: 'done', deliveredServiceIds: [SERVICE_ID] })),
    );
  }

  for (const [index, counterId] of counters.entries())
    await order('openCounter', {
      counterId,
      sessionId: `bench-session-${String(index).padStart(4, '0')}` as SessionId,
      takeOver: false,
    });
  await Promise.all(counters.map(draw));

  const costs: EventCost[] = [];
  const rows = (): number => host.state().info.rows;
  for (const mark of [...sizes.costMarks, sizes.dayEvents]) {
    while (rows() < mark - sizes.costSpan) await playVisits();
    const before = { rows: rows(), at: nowMs() };
    while (rows() < mark) await playVisits();
    if (rows() > before.rows && costs.length < sizes.costMarks.length)
      costs.push({ events: rows(), us: ((nowMs() - before.at) * 1_000) / (rows() - before.rows) });
  }
  return costs;
}
