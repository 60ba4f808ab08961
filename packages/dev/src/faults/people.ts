/** People who press buttons as fast as they may, at kiosks and counters, and say what they were told. */
import type { Platform } from '@aufruf/engine/platform/platform';
import { createRandom } from '@aufruf/engine/platform/seeded-random';
import type { CallResult } from '@aufruf/shared/bridge/bridge';
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { Command, CommandInput, CommandName } from '@aufruf/shared/domain/commands';
import type { CounterId, KioskId, SessionId } from '@aufruf/shared/lib/ids';
import { SERVICE_ID } from '../bench/bench-location.ts';
import type { Tell } from './records.ts';

/** Shortest and longest pause between two buttons, ms: quick enough that something is always under way. */
const PAUSE_MS = { least: 5, most: 40 } as const;

export interface Workplace {
  /** As whom people are known in the history. */
  readonly by: string;
  readonly host: CommandHost;
  readonly platform: Platform;
  readonly tell: Tell;
}

export interface Work {
  /** Nobody presses a button any more; resolves when the last answer is there. */
  stop(): Promise<void>;
}

type Order = <N extends CommandName>(name: N, input: CommandInput<N>) => Promise<CallResult<N>>;

/** Gives one command and tells what came of it. */
function createOrder({ by, host, platform, tell }: Workplace): Order {
  return async (name, input) => {
    const commandId = platform.newCommandId();
    // The union of all commands cannot be built from a name that is not known yet; the signature has checked the pair.
    const answer = (await host.execute({ name, commandId, input } as unknown as Command)) as CallResult<typeof name>;
    if (!answer.ok) tell({ kind: 'refused', by, name, type: answer.refusal.type });
    else if (name === 'issueTicket')
      tell({ kind: 'printed', by, visitId: answer.value.visitId ?? '', number: answer.value.number ?? '' });
    if (answer.ok) tell({ kind: 'confirmed', by, name, commandId, visitId: answer.value.visitId });
    return answer;
  };
}

function keepAt(workplace: Workplace, seed: number, turn: () => Promise<void>): Work {
  const random = createRandom(seed);
  let isOver = false;
  const pauseMs = () => PAUSE_MS.least + (random.uint32() % (PAUSE_MS.most - PAUSE_MS.least));
  async function work(): Promise<void> {
    while (!isOver) {
      await turn();
      await new Promise<void>((resolve) => workplace.platform.schedule(pauseMs(), resolve));
    }
  }
  const done = work();
  return {
    stop() {
      isOver = true;
      return done;
    },
  };
}

/** Draws a ticket, hands it over, and puts that on record. @returns the number; null when it was refused */
export async function drawTicket(workplace: Workplace, kioskId: KioskId): Promise<string | null> {
  const order = createOrder(workplace);
  const drawn = await order('issueTicket', { kioskId, serviceIds: [SERVICE_ID], language: 'de', partySize: 1 });
  if (!drawn.ok || drawn.value.visitId === null) return null;
  const { visitId, number } = drawn.value;
  const confirmed = await order('confirmHandOver', { kioskId, visitId, means: 'print' });
  if (confirmed.ok) workplace.tell({ kind: 'handedOver', by: workplace.by, visitId });
  return number;
}

/** One ticket after another. */
export const drawTickets = (workplace: Workplace, kioskId: KioskId, seed: number): Work =>
  keepAt(workplace, seed, async () => void (await drawTicket(workplace, kioskId)));

/** A clerk: next, arrived, finished. Whoever was left at the counter by a crash is served first. */
export function serveVisitors(workplace: Workplace, counterId: CounterId, seed: number): Work {
  const order = createOrder(workplace);
  const counter = () => workplace.host.state().counters.get(counterId);
  return keepAt(workplace, seed, async () => {
    if (counter()?.presence !== 'open') {
      const sessionId = `faults-session-${counterId}` as SessionId;
      await order('openCounter', { counterId, sessionId, takeOver: true });
      return;
    }
    const atCounter = [...workplace.host.state().openVisits.values()].find((visit) => visit.counterId === counterId);
    if (atCounter === undefined) await order('callNext', { counterId });
    else if (atCounter.state === 'called') await order('markArrived', { counterId });
    else await order('finish', { counterId, outcome: 'done', deliveredServiceIds: [SERVICE_ID] });
  });
}
