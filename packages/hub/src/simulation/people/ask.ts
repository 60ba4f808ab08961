/** How a screen gets a command to its host and an answer back, and how that enters the history. */
import type { CommandHost } from '@aufruf/shared/bridge/host';
import { type Command, type CommandName, commandSchemas } from '@aufruf/shared/domain/commands';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { Answer } from '../history.ts';
import type { Chance } from '../machinery/chance.ts';
import type { Process } from '../machinery/machine.ts';
import type { World } from '../world.ts';

/** A screen at a station: a window of the machine's own process, or a browser. */
export interface Station {
  readonly id: string;
  /** The screen's process. */
  readonly process: Process;
  /** Null while there is nobody to talk to. */
  readonly host: () => CommandHost | null;
  /** Whose journal the commands end up in. */
  readonly device: string;
  readonly chance: Chance;
}

export function makeCommand(name: CommandName, input: object, commandId: CommandId): Command {
  return { name, commandId, input: commandSchemas[name].input.parse(input) } as Command;
}

/** Asks once. `onAnswer` runs in the screen's process, if it still lives. */
export function ask(world: World, station: Station, command: Command, onAnswer: (answer: Answer) => void): void {
  const host = station.host();
  const askedMs = world.time.now();
  const dayBefore = world.undoubtedDay();
  if (host === null) {
    onAnswer({ ok: false, refusal: { type: 'unreachable', detail: 'no host' } });
    return;
  }
  const waiting = { process: station.process, commandId: command.commandId };
  world.unanswered.add(waiting);
  world.history.asked(command.commandId);
  world.trace(station.id, () => `asks ${describeCommand(command)}`);
  host.execute(command).then(
    (answer) => {
      world.unanswered.delete(waiting);
      station.process.run(() => {
        const { mode } = host.syncStatus();
        const dayNow = world.undoubtedDay();
        const officialDay = dayBefore === dayNow ? dayNow : null;
        world.trace(station.id, () => `hears ${describeAnswer(answer)} for ${describeCommand(command)}, ${mode}`);
        const answeredMs = world.time.now();
        const { id, device } = station;
        world.history.answered({ station: id, device, command, answer, mode, askedMs, answeredMs, officialDay });
        onAnswer(answer);
      });
    },
    (error: unknown) => {
      world.unanswered.delete(waiting);
      station.process.run(() => {
        throw error;
      });
    },
  );
}

/** Asks again with the same command id while the host cannot be reached, as screens do. */
export function askUntilAnswered(
  world: World,
  station: Station,
  command: Command,
  attempts: number,
  onAnswer: (answer: Answer) => void,
): void {
  ask(world, station, command, (answer) => {
    if (answer.ok || answer.refusal.type !== 'unreachable' || attempts <= 1) return onAnswer(answer);
    station.process.platform.schedule(RETRY_MS, () =>
      askUntilAnswered(world, station, command, attempts - 1, onAnswer),
    );
  });
}

const RETRY_MS = 500;

const describeCommand = ({ name, commandId, input }: Command): string => {
  const { visitId, counterId } = input as { visitId?: string; counterId?: string };
  const about = [counterId, visitId === undefined ? undefined : short(visitId)].filter((one) => one !== undefined);
  return `${name}(${about.join(', ')})#${short(commandId)}`;
};

const describeAnswer = (answer: Answer): string =>
  answer.ok
    ? `ok ${answer.value.number ?? ''}${answer.value.visitId === null ? '' : ` visit ${short(answer.value.visitId)}`}`
    : answer.refusal.type;

/** Enough of an id to tell it from others. */
export const short = (id: string): string => id.slice(0, 6);
