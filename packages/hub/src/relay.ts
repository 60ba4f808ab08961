/**
 * A relay (rule M2): a device that stands in for the silent hub. It serves its island on the hub's protocol, with the hub's
 * own code over its own store: takes events, orders them provisionally under the hub's last epoch, decides claims with
 * numbers of its own lane, after RELAY_WAIT_MS for everybody to say hello.
 *
 * Provisional: when the hub is back, every device drops this order (O4) and the hub orders the events, the decisions of
 * the relay included. Opened and closed by the device's engine, which follows what is ordered here.
 */

import { StorageFault } from '@aufruf/engine/store/event-store';
import type { RelayService, RelayServiceOptions } from '@aufruf/engine/sync/relay-service';
import type { HubConnection } from '@aufruf/engine/transport/transport';
import { assert } from '@aufruf/shared/lib/assert';
import { refuse } from '@aufruf/shared/lib/result';
import { type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import { HEAD_INTERVAL_MS } from '@aufruf/shared/protocol/limits';
import { heardBefore } from './heard-before.ts';
import { createSequencer } from './sequencer.ts';
import { lastEpoch } from './sequencer-log.ts';
import { createSessions } from './sessions.ts';
import { createWaitingCommands } from './waiting-commands.ts';

/** A relay decides its first claim so long after it began to serve. */
export const RELAY_WAIT_MS = 2 * SECOND_MS;

/** Accepts connections from now on; returns how to stop. */
export type ListenAsRelay = (onConnection: (connection: HubConnection) => void) => () => void;

export function createRelay(options: RelayServiceOptions, listen: ListenAsRelay): RelayService {
  const { store, platform, config, onOrdered, onHigherEpoch } = options;
  const day = store.readSetting('currentDay') as LocalDate | null;
  assert(day !== null, 'a relay has a day');
  const epoch = lastEpoch(store);
  let isDeciding = false;
  let isClosed = false;
  let cancelTick = (): void => {};

  const heldBefore = store.head(day).n;
  const sequencer = createSequencer({
    store,
    platform,
    config,
    acceptClock: true,
    isDeciding: () => isDeciding,
    relay: { epoch },
    onCommitted: (entries) => {
      onOrdered(entries);
      sessions.sendHeads(store.head(day), sequencer.latestCheck(), entries);
    },
  });
  onOrdered(store.entriesAfter(day, heldBefore, Number.MAX_SAFE_INTEGER));
  const sessions = createSessions({
    platform,
    heardBefore: heardBefore(store, day),
    view: () => ({
      epoch,
      hasSteppedDown: isClosed,
      isRelay: true,
      day,
      config: sequencer.state().info.config ?? config,
      store,
    }),
    onPush: sequencer.push,
    onAsk: sequencer.ask,
    onHigherEpoch: (higher) => {
      try {
        store.transact(() => store.writeSetting('epoch', String(higher)));
      } catch (error) {
        if (!(error instanceof StorageFault)) throw error;
        // The device will say it again.
        platform.log.error('a higher epoch could not be remembered', { epoch: higher, error });
      }
      // Not from within the session that said so.
      platform.schedule(0, () => {
        if (isClosed) return;
        close();
        onHigherEpoch();
      });
    },
  });
  const commands = createWaitingCommands(sequencer.execute, () => isDeciding);
  const stopListening = listen(sessions.attach);
  const cancelWait = platform.schedule(RELAY_WAIT_MS, () => {
    isDeciding = true;
    sequencer.settleHeld();
    commands.settle();
  });

  function tick(): void {
    cancelTick = platform.schedule(HEAD_INTERVAL_MS, () => {
      tick();
      sessions.sendHeads(store.head(day as LocalDate), sequencer.latestCheck(), []);
    });
  }

  function close(): void {
    if (isClosed) return;
    cancelTick();
    cancelWait();
    stopListening();
    sequencer.close();
    isClosed = true;
    sessions.close();
    // The sequencer refuses them: nothing of them has happened.
    commands.settle();
  }

  tick();
  return {
    execute: (command) =>
      isClosed
        ? Promise.resolve(refuse({ type: 'unreachable', detail: 'this relay has stopped' }))
        : commands.execute(command),
    close,
  };
}
