/**
 * X4, O6: what somebody was told has happened stands in the log once, and as told; nobody is told two things; and what
 * somebody was told will not happen does not.
 */
import { sha256 } from '@aufruf/engine/platform/sha256';
import { anewId } from '@aufruf/engine/sync/alone';
import { commandSchemas } from '@aufruf/shared/domain/commands';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { Answered, Witness } from '../history.ts';
import { short } from '../people/ask.ts';
import { HUB, type World } from '../world.ts';
import { type CommandRecord, type HubLog, readHubLog } from './hub-log.ts';
import { heldOfOlderDays, isUnheardOf } from './lost-hub.ts';

export function judgeAnswers(world: World): Witness {
  const first = new Map<CommandId, Answered>();
  /** What was said last, to claims that a device's own journal holds. */
  const last = new Map<CommandId, Answered>();

  const wasSetBack = (device: string, sinceMs: number): boolean =>
    (world.devices.get(device)?.setBackMs ?? 0) > sinceMs;

  function judgeFact({ command, station }: Answered, record: CommandRecord | undefined): void {
    const { name, commandId } = command;
    const count = record?.facts.length ?? 0;
    if (count === 1) return;
    // A repeated command has no facts of its own.
    world.report(
      'X4',
      `${name}#${short(commandId)} of ${station} was acknowledged and stands in the log ${count} times`,
    );
  }

  function judgeClaim(
    { command, station, device, answer, answeredMs }: Answered,
    record: CommandRecord | undefined,
  ): void {
    const { name, commandId } = command;
    if (!answer.ok) return;
    const decision = record?.decisions[0];
    const what = `${name}#${short(commandId)} of ${station}`;
    if (decision === undefined) world.report('X4', `${what} was granted, and no decision stands in the log`);
    else if (decision.outcome.type === 'refused') world.report('O6', `${what} was granted and is refused in the log`);
    else if (JSON.stringify(decision.outcome.receipt) !== JSON.stringify(answer.value)) {
      world.report('O6', `${what} was told ${answer.value.number}, the log says ${decision.outcome.receipt.number}`);
      // A disk that was set back has forgotten that it was decided; of a copied one the hub believes the wrong end.
    } else if (
      record !== undefined &&
      record.withdrawals > 0 &&
      !wasSetBack(device, answeredMs) &&
      !world.devices.get(device)?.isTampered
    ) {
      world.report('J4', `${what} was granted, and is withdrawn in the log`);
    }
  }

  /** What was asked before a restart is taken back, or it is granted to nobody. */
  function judgeAbandoned(log: HubLog): void {
    for (const [device, ids] of world.history.abandoned) {
      for (const id of ids) {
        const record = log.record(id);
        const isGranted = record?.decisions.some(({ outcome, by }) => by === HUB && outcome.type === 'granted');
        if (isGranted && record?.withdrawals === 0) {
          world.report('O6', `#${short(id)} of ${device} was granted after its restart, and nobody waited for it`);
        }
      }
    }
  }

  /** "Nobody answered, do it again another way": from then on nobody waits for it, and it must not be done. */
  function judgeGivenUp({ command, station, device, answer, answeredMs }: Answered, log: HubLog): void {
    const { name, commandId } = command;
    // What a full disk had not taken yet went with that disk.
    if (wasSetBack(device, answeredMs)) return;
    if (answer.ok || !(answer.refusal.type in GIVEN_UP) || world.history.isExcused(commandId)) return;
    const record = log.record(commandId);
    const isGranted = record?.decisions.some(({ outcome, by }) => by === HUB && outcome.type === 'granted');
    if (isGranted && record?.withdrawals === 0) {
      const told = answer.refusal.type;
      world.report('O6', `${name}#${short(commandId)} of ${station} was told ${told} and is granted in the log`);
    }
  }

  return {
    // Asked again, it is wanted again.
    asked: (commandId) => void last.delete(commandId),
    answered(answered) {
      const { command, answer, station, device, askedMs } = answered;
      const isClaim = commandSchemas[command.name].decidedBy === 'hub';
      if (isClaim && device !== HUB) last.set(command.commandId, answered);
      if (!answer.ok && answer.refusal.type in NO_OUTCOME) return;
      const before = first.get(command.commandId);
      first.set(command.commandId, answered);
      if (!before?.answer.ok || !answer.ok || JSON.stringify(before.answer) === JSON.stringify(answer)) return;
      // Pressed again at a new hub, before anybody had told it (O3).
      if (isUnheardOf(world, command.commandId, before.answeredMs, askedMs)) world.history.excuse([command.commandId]);
      else {
        world.report('O6', `${station} got two answers to ${command.name}#${short(command.commandId)}`);
      }
    },
    ended() {
      const log = readHubLog(world.hubs.current().disk.peek());
      const isOnOlderDay = heldOfOlderDays(world);
      for (const answered of world.history.answers) {
        if (!answered.answer.ok) continue;
        const names = namesOf(answered.command.commandId, log);
        if (names.some(world.history.isExcused) || isOnOlderDay(names)) continue;
        const record = log.record(names.at(-1) ?? answered.command.commandId);
        if (commandSchemas[answered.command.name].decidedBy === 'device') judgeFact(answered, record);
        else judgeClaim(answered, record);
      }
      for (const answered of last.values()) judgeGivenUp(answered, log);
      judgeAbandoned(log);
    },
  };
}

/** The names under which a command was decided: its own, and those of its being decided anew, as far as they are known. */
function namesOf(id: CommandId, log: HubLog): readonly CommandId[] {
  const names = [id];
  for (let next = anewId(id, sha256); names.length < MOST_NAMES; next = anewId(next, sha256)) names.push(next);
  const last = names.findLastIndex((name) => log.record(name)?.decisions.length);
  return names.slice(0, Math.max(1, last + 1));
}
/** Three attempts, each of which a relay, the hub anew and the device alone may have been asked. */
const MOST_NAMES = 9;

/** Refusals after which a device has taken back what it may have asked. */
const GIVEN_UP: Readonly<Record<string, true>> = { unreachable: true, clockUnsure: true };

/** Answers that leave open what became of the command. */
const NO_OUTCOME: Readonly<Record<string, true>> = { unreachable: true, storageFailed: true };
