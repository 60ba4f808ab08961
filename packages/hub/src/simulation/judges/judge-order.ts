/** X5: one order, one state. Whatever rows a device holds, the hub holds the same; with the same rows, the same state. */
import { assertValidDay } from '@aufruf/shared/domain/day/test/assert-valid-day';
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import type { Position } from '@aufruf/shared/sync/order';
import type { Witness } from '../history.ts';
import type { Device, World } from '../world.ts';

/** Validity of the whole day costs a pass over it, a state hash one over all that has changed: once in so many seconds. */
const COSTLY_EVERY_S = 20;

export function judgeOrder(world: World): Witness {
  let seconds = 0;

  /** What a lost hub ordered stays until its device has greeted the new one. */
  const mayDiffer = ({ epoch }: Position): boolean =>
    epoch <= (world.hubs.loss()?.epoch ?? 0) || world.hubs.isDisputed();

  /** Served by the hub: a relay's order is provisional. What has happened while it was paused it hears when it goes on. */
  function isServed({ isTampered, orderedSinceMs, process }: Device, isOver: boolean): boolean {
    const isPaused = !isOver && process?.isPaused() === true;
    return !isTampered && orderedSinceMs !== null && !isPaused;
  }

  function compareOrder(alsoStates: boolean, isOver = false): void {
    const hubStore = world.hubs.current().disk.peek();
    const hub = world.hub();
    for (const device of world.devices.values()) {
      const { engine, disk } = device;
      if (engine === null || !isServed(device, isOver)) continue;
      const { day } = engine.state().info;
      const head = disk.peek().head(day);
      if (head.n === 0 || (!isOver && mayDiffer(head))) continue;
      const row = hubStore.rowAt(day, head.n);
      if (row === null) world.report('X5', `${device.id} has row ${head.n} of ${day}, the hub has not`);
      else if (row.chain !== head.chain)
        world.report('X5', `${device.id} has another order than the hub at row ${head.n}`);
      else if (
        alsoStates &&
        hub !== null &&
        hub.stats().day === day &&
        hubStore.head(day).n === head.n &&
        engine.rows() === head.n
      ) {
        if (hub.stateHash() !== engine.stateHash()) {
          world.report('X5', `${device.id} has another state than the hub at row ${head.n}`);
        }
      }
    }
  }

  function checkValid(): void {
    const hub = world.hub();
    if (hub === null) return;
    try {
      assertValidDay(hub.state());
    } catch (error) {
      world.report('X3', error instanceof Error ? error.message : String(error));
    }
  }

  return {
    second() {
      seconds += 1;
      const isCostly = seconds % COSTLY_EVERY_S === 0;
      if (world.hubProcess()?.isAlive()) compareOrder(isCostly);
      if (isCostly) checkValid();
    },
    ended() {
      compareOrder(true, true);
      checkValid();
      const hub = world.hub();
      if (hub === null) return;
      const expected = dayToJson(hub.state());
      for (const { id, engine } of world.devices.values()) {
        if (engine !== null && dayToJson(engine.state()) !== expected)
          world.report('X5', `${id} shows another state than the hub`);
      }
      const malformed = hub.state().rejections.find(({ reason }) => reason === 'malformed');
      if (malformed !== undefined) world.report('O7', `a malformed ${malformed.type} stands in row ${malformed.row}`);
    },
  };
}
