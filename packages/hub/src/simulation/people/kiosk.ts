/**
 * A kiosk and its visitors: one press, one ticket; the number is shown and printed only once the answer is there, and
 * then put on record as handed over (N3). A kiosk that starts voids what it drew and nobody got, before it serves anybody.
 */
import type { DeviceEngine } from '@aufruf/engine/sync/device-engine';
import type { Command, Receipt } from '@aufruf/shared/domain/commands';
import type { CommandId, KioskId, VisitId } from '@aufruf/shared/lib/ids';
import { type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import type { KioskStation, World } from '../world.ts';
import { ask, askUntilAnswered, makeCommand, type Station } from './ask.ts';

/** As often does the kiosk ask before it sends the visitor on. */
const ATTEMPTS = 3;
/** A kiosk that starts waits so long for the hub, to learn what became of its last draws. */
const START_PATIENCE_MS = 5 * SECOND_MS;
const LOOK_MS = SECOND_MS;
const IMPATIENT = 0.1;
const LATE_REPEAT = 0.1;

/** What a visitor wants, and when that was. */
interface Wish {
  readonly command: Command;
  readonly serviceId: string;
  readonly askedMs: number;
  readonly dayBefore: LocalDate | null;
  readonly dayAsked: LocalDate | null;
}

/** `engine`: null for a kiosk in a browser, whose host voids nothing by itself. */
export function createKiosk(world: World, station: Station, engine: DeviceEngine | null): KioskStation {
  const { platform } = station.process;
  const kioskId = station.id as KioskId;
  const startedMs = world.time.now();
  let isOpen = engine === null;
  let isBusy = false;
  /** Drawn perhaps, and seen by nobody: to be voided when the hub answers again. */
  const unresolved = new Set<CommandId>();
  /** Of these, the ones whose voiding is under way. */
  const beingVoided = new Set<CommandId>();
  /** When the last of them was settled. */
  let settledMs = startedMs;

  function tidyUp(): void {
    const host = station.host();
    const isOrdered = host?.syncStatus().mode === 'ORDERED';
    if (engine !== null && !isOpen && (isOrdered || world.time.now() - startedMs > START_PATIENCE_MS)) {
      voidUnhanded(engine);
      isOpen = true;
    }
    if (isOrdered && !isBusy) for (const id of unresolved) if (!beingVoided.has(id)) voidUnseen(id);
    platform.schedule(LOOK_MS, tidyUp);
  }

  function voidUnhanded(running: DeviceEngine): void {
    const count = running.voidUnhandedTickets(kioskId);
    if (count > 0) world.trace(station.id, () => `voids ${count} tickets that nobody got`);
  }

  function voidUnseen(commandId: CommandId): void {
    beingVoided.add(commandId);
    const visitId = commandId as string as VisitId;
    ask(world, station, makeCommand('voidTicket', { kioskId, visitId }, platform.newCommandId()), (answer) => {
      beingVoided.delete(commandId);
      if (!answer.ok && answer.refusal.type !== 'alreadyHandedOver' && answer.refusal.type !== 'unknownVisit') return;
      unresolved.delete(commandId);
      settledMs = world.time.now();
    });
  }

  const mayBeWrongInTheDay = (): boolean =>
    world.hasSlept() || Math.abs(world.devices.get(kioskId)?.machine.clockError() ?? 0) > SECOND_MS;

  function handOver(receipt: Receipt, wish: Wish): void {
    const { visitId, number } = receipt;
    if (visitId === null || number === null) return;
    const officialDay = wish.dayBefore === world.undoubtedDay() ? wish.dayBefore : null;
    // The answer may be the last that is heard of a hub.
    const dayNow = station.host()?.state().info.day ?? null;
    const day = dayNow === wish.dayAsked ? dayNow : null;
    const mode = station.host()?.syncStatus().mode ?? 'CONNECTING';
    const { serviceId, askedMs } = wish;
    const atMs = world.time.now();
    world.trace(station.id, () => `hands over ${number}`);
    const isClockOff = mode !== 'ORDERED' && mayBeWrongInTheDay();
    const ticket = { visitId, number, kiosk: kioskId, mode, day, officialDay, serviceId, isClockOff, askedMs, atMs };
    world.history.handed(ticket);
    // The touch screen says so again, much later: it is the same command, and has long been answered.
    if (station.chance.happens(LATE_REPEAT)) {
      platform.schedule(station.chance.between(SECOND_MS, 9 * SECOND_MS), () =>
        ask(world, station, wish.command, () => {}),
      );
    }
    const means = station.chance.happens(0.5) ? 'print' : 'screen';
    const confirm = makeCommand('confirmHandOver', { kioskId, visitId, means }, platform.newCommandId());
    askUntilAnswered(world, station, confirm, ATTEMPTS, (confirmed) => {
      if (confirmed.ok) world.history.confirmed(visitId, confirm.commandId);
    });
  }

  function press(serviceId: string): boolean {
    if (!isOpen || isBusy || !station.process.isAlive() || station.process.isPaused()) return false;
    isBusy = true;
    const input = { kioskId, serviceIds: [serviceId], language: 'de', partySize: 1 } as const;
    const command = makeCommand('issueTicket', input, platform.newCommandId());
    const askedMs = world.time.now();
    const dayAsked = station.host()?.state().info.day ?? null;
    const dayBefore = world.undoubtedDay();
    // Someone hits the button twice; the screen sends the same command again.
    if (station.chance.happens(IMPATIENT)) ask(world, station, command, () => {});
    askUntilAnswered(world, station, command, ATTEMPTS, (answer) => {
      isBusy = false;
      settledMs = world.time.now();
      if (!answer.ok) {
        if (answer.refusal.type === 'unreachable') unresolved.add(command.commandId);
        return;
      }
      handOver(answer.value, { command, serviceId, askedMs, dayBefore, dayAsked });
    });
    return true;
  }

  if (engine !== null) voidUnhanded(engine);
  platform.schedule(LOOK_MS, tidyUp);
  return { press, settledSinceMs: () => (isBusy || unresolved.size > 0 ? null : settledMs) };
}
