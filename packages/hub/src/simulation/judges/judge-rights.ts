/** X8: no state changed by a display, and by nobody what is not theirs to decide. */
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { JournalEvent } from '@aufruf/shared/sync/event';
import type { Witness } from '../history.ts';
import { HUB, type World } from '../world.ts';

const CHUNK = 500;
const OF_STATIONS = ['v1.ClaimMade', 'v1.ClaimWithdrawn', 'v1.ClaimDecided', 'v1.DayOpened'];
const OF_KIOSKS = [...OF_STATIONS, 'v1.TicketHandedOver', 'v1.TicketVoided'];
/** What the hub alone says. */
const OF_THE_HUB = [
  'v1.DayReopened',
  'v1.DayClosed',
  'v1.DaysReleased',
  'v1.ConfigurationPublished',
  'v1.VisitExpired',
];
/** What no kiosk may grant, alone or not. */
const OF_CLERKS = ['v1.VisitCalled', 'v1.VisitArrived', 'v1.VisitResumed', 'v1.VisitTransferred', 'v1.CounterOpened'];

export function judgeRights(world: World): Witness {
  const read = new Map<LocalDate, number>();
  let readOf = world.hubs.current().disk;
  /** They decide for others (M2). */
  const relays = new Set(world.office.config.sync?.relays.map((relay) => relay.device as string));

  return {
    ordered() {
      if (readOf !== world.hubs.current().disk) read.clear();
      readOf = world.hubs.current().disk;
      const store = readOf.peek();
      for (const day of store.days()) {
        let n = read.get(day) ?? 0;
        if (store.head(day).n <= n) continue;
        for (;;) {
          const entries = store.entriesAfter(day, n, CHUNK);
          if (entries.length === 0) break;
          for (const { event } of entries) judge(event);
          n += entries.length;
        }
        read.set(day, n);
      }
    },
  };

  function judge({ device, type, payload }: JournalEvent): void {
    if (device === HUB || type.startsWith('v2.')) return;
    const granted = type === 'v1.ClaimDecided' ? grantedTypes(payload) : [];
    const isTheirs = device.startsWith('kiosk')
      ? OF_KIOSKS.includes(type) && (relays.has(device) || !granted.some((one) => OF_CLERKS.includes(one)))
      : device.startsWith('counter') && !OF_THE_HUB.includes(type) && !type.startsWith('v1.Ticket');
    if (!isTheirs || granted.some((one) => OF_THE_HUB.includes(one))) {
      world.report('X8', `${type} of ${device} stands in the order`);
    }
  }
}

const grantedTypes = (payload: unknown): readonly string[] =>
  ((payload as { outcome?: { facts?: readonly { type: string }[] } }).outcome?.facts ?? []).map(({ type }) => type);
