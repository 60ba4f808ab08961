/** A host in memory for tests of the bridge: it records what it is told, and a test says how it answers. */
import { type Command, type CommandRefusal, EMPTY_RECEIPT, type Receipt } from '../../domain/commands.ts';
import type { DayState } from '../../domain/day/day-state.ts';
import { CONFIG_FORMAT, locationConfigSchema } from '../../domain/location-config/schema.ts';
import type { SyncStatus } from '../../domain/views/view-schemas.ts';
import type { DeviceId } from '../../lib/ids.ts';
import type { Result } from '../../lib/result.ts';
import type { LocalDate } from '../../lib/time.ts';
import type { HubPlace } from '../../takeover/hub-place.ts';
import type { OwnHubStatus } from '../../takeover/own-hub-status.ts';
import type { BridgeRefusal } from '../bridge.ts';
import type { CommandHost } from '../host.ts';

type Answer = Result<Receipt, CommandRefusal | BridgeRefusal>;

export interface TestHost extends CommandHost {
  /** Every command that came through, in order, repetitions included. */
  readonly executed: readonly Command[];
  /** Says how commands are answered from now on. */
  answerWith(answer: (command: Command) => Answer | Promise<Answer>): void;
  /** Changes what the topic `syncStatus` shows, and tells the listeners. */
  setEventsWaiting(count: number): void;
  setMode(mode: SyncStatus['mode']): void;
  /** The places this machine was told to take. */
  readonly takenOver: readonly HubPlace[];
  /** How a takeover is answered, and what is known of the hub hosted here. */
  readonly own: { answer: Result<null, { readonly type: 'storageFailed' }>; status: OwnHubStatus };
}

export function createTestHost(): TestHost {
  const executed: Command[] = [];
  const listeners = new Set<() => void>();
  let status: SyncStatus = { mode: 'ORDERED', since: 1_000, eventsWaiting: 0, hostAt: 1_795_000_000_000 };
  const takenOver: HubPlace[] = [];
  const own: TestHost['own'] = { answer: { ok: true, value: null }, status: { state: 'none' } };
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  let answer: (command: Command) => Answer | Promise<Answer> = () => ({ ok: true, value: EMPTY_RECEIPT });

  return {
    executed,
    answerWith(next) {
      answer = next;
    },
    setEventsWaiting(count) {
      status = { ...status, eventsWaiting: count };
      tell();
    },
    setMode(mode) {
      status = { ...status, mode };
      tell();
    },
    takenOver,
    own,
    machine: {
      view: () => ({
        device: 'counter-2' as DeviceId,
        canHost: true,
        setUpWith: 'http://127.0.0.1:4700',
        servedBy: status.mode === 'RELAY' ? ('counter-2' as DeviceId) : null,
        ownHub: own.status,
        ownHubSince: status.since,
      }),
      takeOver(place) {
        takenOver.push(place);
        return own.answer;
      },
    },
    async execute(command) {
      executed.push(command);
      return answer(command);
    },
    state: () => emptyDay,
    syncStatus: () => status,
    now: () => status.hostAt,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const both = (text: string) => ({ de: text, en: text });
const atService = { areaId: 'hall', primaryServiceIds: ['id-card'], fallbackServiceIds: [] };

/** The smallest location with two stations of each kind. */
const config = locationConfigSchema.parse({
  format: CONFIG_FORMAT,
  version: 1,
  id: 'test-location',
  name: both('Test'),
  timeZone: 'Europe/Berlin',
  languages: ['de', 'en'],
  areas: [{ id: 'hall', name: both('Hall') }],
  series: [
    {
      id: 'b',
      prefix: 'B',
      digits: 3,
      main: { first: 1, last: 500 },
      reserve: { first: 501, last: 700 },
      overflow: { first: 701, last: 999 },
    },
  ],
  groups: [{ id: 'documents', name: both('Documents'), icon: 'id-card' }],
  services: [
    {
      id: 'id-card',
      groupId: 'documents',
      areaId: 'hall',
      seriesId: 'b',
      name: both('Identity card'),
      bring: [],
      durationMin: 10,
      access: ['walkIn'],
    },
  ],
  counters: [
    { id: 'counter-1', label: '1', ...atService },
    // The supervisor's, and a relay.
    { id: 'counter-2', label: '2', ...atService, supervisor: true },
  ],
  kiosks: [
    { id: 'kiosk-1', name: both('Kiosk 1'), areaIds: ['hall'] },
    { id: 'kiosk-2', name: both('Kiosk 2'), areaIds: ['hall'] },
  ],
  displays: [
    { id: 'display-1', name: both('Display 1'), areaIds: ['hall'] },
    { id: 'display-2', name: both('Display 2'), areaIds: ['hall'] },
  ],
  sync: { relays: [{ device: 'counter-2', address: 'http://127.0.0.1:4701' }] },
  openingHours: { weekly: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }, exceptions: [] },
});

/** A day on which nothing has happened yet. */
const emptyDay: DayState = {
  info: {
    day: '2026-11-23' as LocalDate,
    status: 'open',
    config,
    rows: 1,
    walkInsByService: {},
    releasedThrough: null,
  },
  openVisits: new Map(),
  closedVisits: new Map(),
  visitIdsByCode: new Map(),
  counters: new Map(),
  series: new Map(),
  commands: new Map(),
  rejections: [],
};
