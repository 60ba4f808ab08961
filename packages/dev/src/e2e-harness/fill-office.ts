/** Brings a running hub into the middle of a working morning: people wait, some are called, one is being served. */
import type { CallInput, CallName } from '@aufruf/shared/bridge/bridge';
import type { CounterList, KioskMenu } from '@aufruf/shared/domain/views/view-schemas';
import type { CommandId, KioskId, SessionId } from '@aufruf/shared/lib/ids';
import { openSocketBridge, type SocketBridge } from '@aufruf/ui/bridge/socket-bridge';

const TICKETS = 24;
const COUNTERS = 6;

/** Resolves when all of it is committed. Leaves the location's last counters free for people. */
export async function fillOffice(url: string): Promise<void> {
  let learnKiosk: (id: KioskId) => void = () => {};
  const kioskId = new Promise<KioskId>((resolve) => {
    learnKiosk = resolve;
  });
  const kiosk = openSocketBridge({ url, role: 'kiosk', onWelcome: ({ station }) => learnKiosk(station as KioskId) });
  const clerks: SocketBridge[] = [];
  try {
    await drawTickets(kiosk, await kioskId);
    const counters = await firstValue<CounterList>((on) => {
      const bridge = openSocketBridge({ url, role: 'clerk' });
      clerks.push(bridge);
      return bridge.subscribe('counterList', {}, on);
    });
    for (const [index, { id: counterId }] of counters.counters.slice(0, COUNTERS).entries()) {
      const bridge = openSocketBridge({ url, role: 'clerk' });
      clerks.push(bridge);
      await send(bridge, 'openCounter', { counterId, sessionId: crypto.randomUUID() as SessionId, takeOver: false });
      await send(bridge, 'callNext', { counterId });
      if (index < COUNTERS / 2) await send(bridge, 'markArrived', { counterId });
    }
  } finally {
    for (const bridge of [kiosk, ...clerks]) bridge.close();
  }
}

async function drawTickets(kiosk: SocketBridge, kioskId: KioskId): Promise<void> {
  const menu = await firstValue<KioskMenu>((on) => kiosk.subscribe('kioskMenu', { kioskId }, on));
  const serviceIds = menu.groups
    .flatMap(({ services }) => services)
    .filter(({ closed }) => closed === null)
    .map(({ id }) => id);
  for (let ticket = 0; ticket < TICKETS; ticket += 1) {
    const serviceId = serviceIds[ticket % serviceIds.length];
    if (serviceId === undefined) throw new Error('No service is open.');
    await send(kiosk, 'issueTicket', { kioskId, serviceIds: [serviceId], language: 'de', partySize: 1 });
  }
}

/** In an office that was just opened nothing of this is refused. */
async function send<N extends CallName>(bridge: SocketBridge, name: N, input: CallInput<N>): Promise<void> {
  const result = await bridge.call(name, input, crypto.randomUUID() as CommandId);
  if (!result.ok) throw new Error(`${name} was refused: ${JSON.stringify(result.refusal)}`);
}

/** The first value of a topic that is one. */
function firstValue<T>(watch: (onValue: (value: T | null) => void) => () => void): Promise<T> {
  return new Promise((resolve) => {
    const stop = watch((value) => {
      if (value === null) return;
      resolve(value);
      // The first value may come before `watch` has returned.
      queueMicrotask(() => stop());
    });
  });
}
