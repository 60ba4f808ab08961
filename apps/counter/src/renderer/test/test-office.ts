/**
 * A location in memory for tests of the screen: the real rules (decide, evolve, views) behind a bridge without a wire.
 * Other people act through `command`; the link can be cut, answers can be held back.
 */
import type { Bridge, BridgeRefusalType, CallName, LinkState } from '@aufruf/shared/bridge/bridge';
import { executeOnMachine } from '@aufruf/shared/bridge/execute-on-machine';
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { MachineCommand } from '@aufruf/shared/bridge/machine-table';
import type { TopicName, TopicParams, TopicValue } from '@aufruf/shared/bridge/topic-table';
import { type TopicRequest, topicValue } from '@aufruf/shared/bridge/topics';
import {
  type Command,
  type CommandInput,
  type CommandName,
  type CommandRefusal,
  commandSchemas,
  type Receipt,
} from '@aufruf/shared/domain/commands';
import { createDayStore } from '@aufruf/shared/domain/day/day-store';
import { decide } from '@aufruf/shared/domain/decide';
import { evolve } from '@aufruf/shared/domain/evolve';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { at, config, DAY } from '@aufruf/shared/domain/views/test/fixtures';
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import type { CommandId, CounterId, KioskId, ServiceId, SessionId, VisitId } from '@aufruf/shared/lib/ids';
import type { Result } from '@aufruf/shared/lib/result';
import { MINUTE_MS } from '@aufruf/shared/lib/time';
import type { HubPlace } from '@aufruf/shared/takeover/hub-place';
import type { MachineView } from '@aufruf/shared/takeover/machine';
import { createTestPlatform } from '@aufruf/ui/platform/test/test-platform';

export const COUNTER = 'counter-1' as CounterId;
export const OTHER_COUNTER = 'counter-2' as CounterId;
export const ID_CARD = 'id-card' as ServiceId;
export const PICKUP = 'pickup' as ServiceId;
/** Hub time at the start of a test. */
const START = at('10:00');

export interface SentCommand {
  readonly name: CallName;
  readonly commandId: CommandId;
}

export type TestOffice = ReturnType<typeof createTestOffice>;

export interface TestOfficeOptions {
  readonly open?: boolean;
  readonly configured?: boolean;
  readonly location?: LocationConfig;
  /** The machine this page's host is a device of; absent: the host is the hub. */
  readonly machine?: MachineView;
}

export function createTestOffice(options: TestOfficeOptions = {}) {
  const { open = true, configured = true, location = config() } = options;
  const takenOver: HubPlace[] = [];
  let machine = options.machine ?? null;
  const platform = createTestPlatform(START);
  const store = createDayStore(DAY);
  const subscriptions = new Set<{ readonly request: TopicRequest; readonly onValue: (value: unknown) => void }>();
  const linkListeners = new Set<() => void>();
  const sent: SentCommand[] = [];
  const refusedNext: BridgeRefusalType[] = [];
  let link: LinkState = { state: 'up', since: START };
  let status: Omit<SyncStatus, 'hostAt'> = { mode: 'ORDERED', since: START, eventsWaiting: 0 };
  let held: { promise: Promise<void>; release: () => void } | null = null;
  let ids = 0;

  const now = () => platform.now();
  const syncStatus = (): SyncStatus => ({ ...status, hostAt: now() });
  const newId = () => {
    ids += 1;
    return `office-${String(ids).padStart(12, '0')}` as CommandId;
  };
  const fold = (type: string, payload: unknown) =>
    store.apply(evolve(store, { row: store.info.rows + 1, effectiveAt: now(), type, payload }));
  const send = ({ request, onValue }: { request: TopicRequest; onValue: (value: unknown) => void }) => {
    const sources = { state: store, now: now(), syncStatus: syncStatus(), machine };
    onValue(JSON.parse(JSON.stringify(topicValue(request, sources))));
  };
  const publish = () => {
    for (const subscription of [...subscriptions]) send(subscription);
  };

  function execute(command: Command): Result<Receipt, CommandRefusal> {
    const decision = decide(command, store, now());
    fold('v1.ClaimMade', { command });
    const { commandId } = command;
    if (!decision.ok) {
      fold('v1.ClaimDecided', { commandId, outcome: { type: 'refused', refusal: decision.refusal } });
      return decision;
    }
    const { facts, receipt } = decision.value;
    fold('v1.ClaimDecided', { commandId, outcome: { type: 'granted', facts, receipt } });
    return { ok: true, value: receipt };
  }

  if (configured) fold('v1.ConfigurationPublished', { config: location });
  if (open) fold('v1.DayOpened', { day: DAY });

  /** As far as a command of the machine asks it. */
  const host = {
    state: () => store,
    syncStatus,
    get machine() {
      if (machine === null) return undefined;
      const view = machine;
      return {
        view: () => view,
        takeOver(place: HubPlace) {
          takenOver.push(place);
          return { ok: true, value: null } as const;
        },
      };
    },
  } as unknown as CommandHost;

  const bridge: Bridge = {
    async call(name, input, commandId) {
      sent.push({ name, commandId });
      await held?.promise;
      const refusal = refusedNext.shift();
      if (refusal !== undefined) return { ok: false, refusal: { type: refusal } };
      const result =
        name === 'takeOverHub'
          ? executeOnMachine(host, { name, input, commandId } as MachineCommand)
          : execute({ name, input: commandSchemas[name as CommandName].input.parse(input), commandId } as Command);
      publish();
      return result as never;
    },
    subscribe<T extends TopicName>(topic: T, params: TopicParams<T>, onValue: (value: TopicValue<T>) => void) {
      const subscription = { request: { topic, params } as TopicRequest, onValue: onValue as (value: unknown) => void };
      subscriptions.add(subscription);
      if (link.state === 'up') send(subscription);
      return () => void subscriptions.delete(subscription);
    },
    link: {
      get: () => link,
      subscribe: (listener) => {
        linkListeners.add(listener);
        return () => void linkListeners.delete(listener);
      },
    },
  };

  /** Somebody else does something. @throws if it is refused: a test that counts on it is wrong. */
  function command<N extends CommandName>(name: N, input: CommandInput<N>): Receipt {
    const result = execute({ name, input, commandId: newId() } as Command);
    if (!result.ok) throw new Error(`${name} was refused: ${result.refusal.type}`);
    publish();
    return result.value;
  }

  return {
    bridge,
    platform,
    /** Every command of the screen, in order. */
    sent: sent as readonly SentCommand[],
    command,
    /** A ticket drawn at the kiosk. */
    draw(serviceId: ServiceId = ID_CARD): { visitId: VisitId; number: string } {
      const kioskId = 'kiosk-1' as KioskId;
      const receipt = command('issueTicket', { kioskId, serviceIds: [serviceId], language: 'de', partySize: 1 });
      return receipt as { visitId: VisitId; number: string };
    },
    book(code: string, inMinutes: number): void {
      command('bookAppointment', {
        code,
        serviceIds: [ID_CARD],
        startsAt: now() + inMinutes * MINUTE_MS,
        partySize: 1,
        language: 'de',
      });
    },
    signInElsewhere(counterId: CounterId): void {
      command('openCounter', { counterId, sessionId: `session-of-${counterId}` as SessionId, takeOver: true });
    },
    /** O8: another counter, cut off until now, has the visitor in service whom this one called. */
    servedElsewhere(visitId: VisitId): void {
      fold('v1.VisitArrived', { commandId: newId(), visitId, counterId: OTHER_COUNTER });
      publish();
    },
    openDay: () => {
      fold('v1.DayOpened', { day: DAY });
      publish();
    },
    /** The next call of the screen is answered so, and not carried out. */
    refuseNext: (type: BridgeRefusalType) => void refusedNext.push(type),
    /** Answers wait until the returned function is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = { promise, release: resolve };
      return () => {
        held = null;
        resolve();
      };
    },
    setLink(state: LinkState['state']): void {
      link = { state, since: now() };
      for (const listener of [...linkListeners]) listener();
    },
    setStatus(mode: SyncStatus['mode'], eventsWaiting: number, diskLow = false): void {
      status = { mode, since: now(), eventsWaiting, diskLow };
      publish();
    },
    /** Places that this machine was told to take. */
    takenOver: takenOver as readonly HubPlace[],
    setMachine(change: Partial<MachineView>): void {
      machine = machine && { ...machine, ...change };
      publish();
    },
    publishLocation(next: LocationConfig): void {
      fold('v1.ConfigurationPublished', { config: next });
      publish();
    },
    advance(ms: number): void {
      platform.advance(ms);
      publish();
    },
  };
}
