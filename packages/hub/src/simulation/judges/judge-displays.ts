/** X6: what a clerk called is shown on every connected display, announced once; what no longer holds disappears. */
import { FRESH_MS } from '@aufruf/shared/domain/announcement/announcer';
import type { DayState } from '@aufruf/shared/domain/day/day-state';
import type { CommandId, VisitId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { Witness } from '../history.ts';
import type { Process } from '../machinery/machine.ts';
import type { Device, World } from '../world.ts';

/** A head every two seconds, a time-out of five, the way back: so late may a connected display be. */
const LATE_MS = 9 * SECOND_MS;
/**
 * A display whose disk was set back or replaced may say again what it cannot know it has said: as long as a call counts
 * as fresh, and some.
 */
const FORGETFUL_MS = FRESH_MS + 30 * SECOND_MS;

/** A call that a clerk was told of, and has done nothing about since. */
interface Promised {
  readonly visitId: VisitId;
  readonly number: string;
  readonly atMs: number;
}

export function judgeDisplays(world: World): Witness {
  /** By whose process. */
  const announced = new Map<string, Process | null>();
  /** Calls each display shows now. */
  const shown = new Map<string, ReadonlyMap<CommandId, string>>();
  /** When a display last drew a number, by both. */
  const lastShown = new Map<string, number>();
  /** Since when something is not as it should be, by display and call. */
  let wrong = new Map<string, number>();
  const promised = new Map<string, Promised>();
  /** Calls whose visitors came, or did not: by the clerk's word. */
  const answered = new Set<CommandId>();
  const callOf = new Map<VisitId, CommandId>();
  const { displays, areas } = world.office.config;

  const isConnected = (device: Device | undefined): device is Device =>
    device?.engine != null && device.orderedSinceMs !== null && device.process?.isPaused() === false;

  /** What is wrong on a display by the hub's state: calls not shown, calls still shown. */
  function* faultsOf(id: string, areaIds: readonly string[], state: DayState): Iterable<string> {
    const areaOf = new Map(
      state.info.config?.services.map((service) => [service.id as string, service.areaId as string]),
    );
    const calls = shown.get(id) ?? new Map<CommandId, string>();
    const standing = new Set<CommandId>();
    for (const { call, number, parts } of state.openVisits.values()) {
      const serviceId = parts.find((part) => part.state === 'open')?.serviceId;
      if (call === null || serviceId === undefined || !areaIds.includes(areaOf.get(serviceId) ?? '')) continue;
      standing.add(call.callId);
      // A display that was served by a relay may know what has not reached the hub yet.
      if (!calls.has(call.callId) && !answered.has(call.callId)) yield `${id} does not show ${number?.text}`;
    }
    for (const [callId, number] of calls) {
      if (!standing.has(callId) && state.commands.has(callId)) yield `${id} still shows ${number}`;
    }
  }

  function lookAtBoards(state: DayState): void {
    const now = world.time.now();
    const before = wrong;
    wrong = new Map();
    for (const { id, areaIds } of displays) {
      if (!isConnected(world.devices.get(id))) continue;
      for (const fault of faultsOf(id, areaIds, state)) wrong.set(fault, before.get(fault) ?? now);
    }
    for (const [fault, sinceMs] of wrong)
      if (now - sinceMs > LATE_MS && !world.hubs.isDisputed()) world.report('X6', `${fault}, for ${now - sinceMs} ms`);
  }

  /** By the clerks' words, whatever the hub's state says. */
  function keepPromises(): void {
    for (const [counterId, promise] of promised) {
      // A display may follow the one hub while the clerk has asked the other.
      if (world.time.now() - promise.atMs < LATE_MS || world.hubs.isDisputed()) continue;
      promised.delete(counterId);
      // The ticket was taken back, and the call with it, perhaps before a display could draw it.
      const ticket = world
        .hub()
        ?.state()
        .commands.get(promise.visitId as string as CommandId);
      if (ticket?.status === 'withdrawn') continue;
      for (const { id, areaIds } of displays) {
        // A visitor who was sent on waits in another area: only displays of all areas must show everybody.
        if (areaIds.length < areas.length) continue;
        if (!isKept(id, promise)) world.report('X6', `${id} does not show ${promise.number}, whom ${counterId} called`);
      }
    }
  }

  function isKept(display: string, { number, atMs }: Promised): boolean {
    const device = world.devices.get(display);
    if (!isConnected(device) || (device.orderedSinceMs ?? 0) > atMs - LATE_MS) return true;
    if ([...(shown.get(display)?.values() ?? [])].includes(number)) return true;
    return (lastShown.get(`${display} ${number}`) ?? Number.NEGATIVE_INFINITY) >= atMs - SECOND_MS;
  }

  return {
    second() {
      const hub = world.hub();
      if (hub !== null && world.hubProcess()?.isAlive()) lookAtBoards(hub.state());
      else wrong.clear();
      keepPromises();
    },
    answered({ command, answer, mode, station }) {
      if (station.startsWith('counter')) promised.delete(station);
      const isCall = command.name === 'callNext' || command.name === 'callSpecific';
      const visitId = answer.ok ? answer.value.visitId : null;
      const call = visitId === null ? undefined : callOf.get(visitId);
      if (call !== undefined && !isCall && command.name !== 'recall') answered.add(call);
      if (!isCall || !answer.ok || visitId === null || answer.value.number === null || mode !== 'ORDERED') return;
      promised.set(station, { visitId, number: answer.value.number, atMs: world.time.now() });
    },
    board({ display, calls, atMs }) {
      shown.set(display, new Map(calls.map(({ callId, number }) => [callId, number])));
      for (const { number, callId, visitId } of calls) {
        lastShown.set(`${display} ${number}`, atMs);
        callOf.set(visitId, callId);
      }
    },
    announced({ display, callId, visitId, announcement, number }) {
      const key = `${display} ${visitId} ${callId} ${announcement}`;
      const { setBackMs = null, process = null } = world.devices.get(display) ?? {};
      const now = world.time.now();
      const isForgetful = setBackMs !== null && now - setBackMs < FORGETFUL_MS;
      // One that has started since was not shown, and is again until a new hub knows how it went on.
      const isRefilled =
        announced.get(key) !== process && now - (world.hubs.loss()?.atMs ?? -FORGETFUL_MS) < FORGETFUL_MS;
      if (announced.has(key) && !isForgetful && !isRefilled) world.report('X6', `${display} announced ${number} twice`);
      announced.set(key, process);
    },
  };
}
