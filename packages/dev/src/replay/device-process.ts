/**
 * Devices of a replay without screens: each an engine with its own SQLite and its own connection to the hub, and the
 * people who use it. One process runs a kiosk, a display, or several counters.
 */
import { join } from 'node:path';
import { createTopicPublisher } from '@aufruf/engine/bridge/topic-publisher';
import { openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import { createDeviceEngine, type DeviceEngine } from '@aufruf/engine/sync/device-engine';
import { createSocketLink } from '@aufruf/engine/transport/socket-io-client';
import type { CallBoard } from '@aufruf/shared/domain/views/view-schemas';
import type { DeviceId, DisplayId, KioskId } from '@aufruf/shared/lib/ids';
import { createBoardWatch } from './board-watch.ts';
import { workAtCounter } from './clerk.ts';
import { drawTickets } from './kiosk-visitors.ts';
import { type CommandMeter, createCommandMeter } from './pace-keeper.ts';
import { failAsChild, listenToParent, tellParent } from './process-lines.ts';
import { type ProcessParts, takeSettings } from './process-settings.ts';
import type { ReplayPlan } from './replay-plan.ts';
import { pause, type Station } from './station.ts';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.ts';

/** How often a device is asked whether it is connected, real ms. */
const READY_CHECK_MS = 20;

/** How often the parent hears how long commands take, real ms. */
const PULSE_MS = 250;

interface Device {
  readonly id: string;
  readonly engine: DeviceEngine;
  readonly station: Station;
  readonly close: () => void;
}

function openDevice(id: string, { settings, platform, clock }: ProcessParts, meter: CommandMeter): Device {
  const store = openSqliteStore({ file: join(settings.dataFolder, `${id}.db`), device: id as DeviceId, platform });
  const engine = createDeviceEngine({ store, link: createSocketLink({ url: settings.hubUrl, platform }), platform });
  return {
    id,
    engine,
    station: { host: engine, platform, clock, meter, tell: tellParent },
    close() {
      engine.close();
      store.close();
    },
  };
}

/** Connected, and the hub's day and configuration are here. */
async function untilReady({ engine, station }: Device): Promise<void> {
  while (engine.syncStatus().mode !== 'ORDERED' || engine.state().info.status !== 'open')
    await pause(station.platform, READY_CHECK_MS);
}

function watchBoard({ id, engine, station }: Device): void {
  const publisher = createTopicPublisher({ host: engine, platform: station.platform });
  const watch = createBoardWatch(station.tell, station.clock.now);
  publisher.watch({ topic: 'callBoard', params: { displayId: id as DisplayId } }, (value) =>
    watch(value as CallBoard | null),
  );
}

/** What people at this device do all day; resolves when they are done. */
function startPeople(
  { id, station }: Device,
  role: ProcessParts['settings']['role'],
  plan: ReplayPlan,
  room: WaitingRoom,
) {
  if (role === 'kiosk') {
    const visitors = plan.visitors.filter((visitor) => visitor.kioskId === id);
    return drawTickets(station, id as KioskId, visitors, plan.seed);
  }
  const clerk = plan.clerks.find((each) => each.counterId === id);
  if (clerk === undefined) throw new Error(`no clerk for ${id} in the plan`);
  return workAtCounter(station, room, plan, clerk);
}

async function main(): Promise<void> {
  const parts = takeSettings(process.argv[2]);
  const { settings, clock, platform } = parts;
  const plan = parts.readPlan();
  const meter = createCommandMeter(platform.monoMs);
  const devices = settings.stations.map((id) => openDevice(id, parts, meter));
  const rooms = devices.map(({ station }) => createWaitingRoom(station));

  let hasStarted = false;
  async function start(): Promise<void> {
    pulse();
    // A board only shows; there is no end to that.
    if (settings.role === 'display') return devices.forEach(watchBoard);
    await Promise.all(
      devices.map((device, index) => startPeople(device, settings.role, plan, rooms[index] as WaitingRoom)),
    );
    tellParent({ kind: 'done' });
  }

  function report(): void {
    for (const { id, engine } of devices)
      tellParent({
        kind: 'state',
        device: id,
        rows: engine.rows(),
        stateHash: engine.stateHash(),
        pending: engine.syncStatus().eventsWaiting,
      });
  }

  function pulse(): void {
    platform.schedule(PULSE_MS, pulse);
    tellParent({ kind: 'pulse', ...meter.take() });
  }

  const end = () => {
    for (const device of devices) device.close();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  listenToParent((line) => {
    switch (line.kind) {
      case 'pace':
        clock.setPace(line);
        if (!hasStarted) start().catch(failAsChild);
        hasStarted = true;
        return;
      case 'seen':
        for (const room of rooms) room.noteSeen(line.callId, line.announcement);
        return;
      case 'doorsClosed':
        for (const room of rooms) room.closeDoors(line.drawn);
        return;
      case 'report':
        return report();
    }
  }, end);
  await Promise.all(devices.map(untilReady));
  tellParent({ kind: 'ready' });
}

process.on('uncaughtException', failAsChild);
process.on('unhandledRejection', failAsChild);
main().catch(failAsChild);
