/**
 * The set-up of a device: look for the hub at an address until it answers, then choose which of its stations this is. An
 * address where nobody answers is said to be wrong and asked again every ASK_AGAIN_MS, since a hub may start later.
 */
import type { SetupValue, ShellAnswer, StationKind } from '@aufruf/shared/bridge/shell-table';
import { type DeviceId, deviceIdSchema, type LocationId } from '@aufruf/shared/lib/ids';
import { refuse } from '@aufruf/shared/lib/result';
import type { Discovery, Heard } from '@aufruf/shared/protocol/discovery';
import type { Stations } from '@aufruf/shared/protocol/stations';
import { parseHubAddress } from '../settings/hub-address.ts';
import type { ShellPlatform } from '../shell-platform.ts';
import { createWatchedValue, type WatchedValue } from '../watched-value.ts';
import type { askStations } from './ask-stations.ts';

export const ASK_AGAIN_MS = 2_000;
/** Hubs of the network that are listed at most; a location has one. */
export const MAX_NEARBY = 12;

/** What a finished set-up has found. */
export interface SetupChoice {
  readonly hubUrl: string;
  readonly stationId: DeviceId;
  readonly locationId: LocationId;
}

export interface Setup {
  readonly value: Pick<WatchedValue<SetupValue>, 'get' | 'watch'>;
  /** The set-up is on the screen: what holds now is shown, and its hub is asked. */
  begin(current: Pick<SetupValue, 'hubUrl' | 'stationId'>): void;
  findHub(address: string): ShellAnswer;
  /** Hands the choice to `keep`. Refusals: `notReady`, `unknownStation`, `notSaved` when `keep` throws. */
  save(stationId: string): ShellAnswer;
  /** Off the screen: nobody is asked any more. */
  end(): void;
}

export interface SetupOptions {
  readonly app: StationKind;
  readonly platform: ShellPlatform;
  readonly ask: typeof askStations;
  /** Looks for hubs in the network. */
  readonly discovery: Pick<Discovery, 'browse'>;
  /** Keeps the choice. @throws when the disk refuses */
  readonly keep: (choice: SetupChoice) => void;
}

export function createSetup({ app, platform, ask, discovery, keep }: SetupOptions): Setup {
  const value = createWatchedValue<SetupValue>({
    app,
    hubUrl: null,
    stationId: null,
    search: { state: 'none' },
    nearby: [],
  });
  let found: { readonly hubUrl: string; readonly stations: Stations } | null = null;
  /** Rises with each search: a late answer to an earlier one is not shown. */
  let search = 0;
  let cancelNext = (): void => {};
  let stopLooking = (): void => {};

  const show = (part: Partial<SetupValue>): void => value.set({ ...value.get(), ...part });

  function stopSearch(): void {
    search += 1;
    cancelNext();
  }

  async function look(hubUrl: string, own: number): Promise<void> {
    const answer = await ask(hubUrl);
    if (own !== search) return;
    if (!answer.ok) {
      show({ search: { state: 'failing', hubUrl, reason: answer.refusal.type } });
      cancelNext = platform.schedule(ASK_AGAIN_MS, () => void look(hubUrl, own));
      return;
    }
    found = { hubUrl, stations: answer.value };
    const { location } = answer.value;
    show({ search: { state: 'found', hubUrl, location: location.name, stations: answer.value[app] } });
  }

  /** A relay knows no stations, and is none for good. */
  function showNearby(heard: readonly Heard[]): void {
    const hubs = new Map(heard.filter(({ role }) => role === 'hub').map(({ url, name }) => [url, name]));
    const nearby = [...hubs].slice(0, MAX_NEARBY).map(([hubUrl, location]) => ({ hubUrl, location }));
    show({ nearby: nearby.sort((a, b) => (a.hubUrl < b.hubUrl ? -1 : 1)) });
  }

  function start(hubUrl: string): void {
    stopSearch();
    found = null;
    show({ search: { state: 'asking', hubUrl } });
    void look(hubUrl, search);
  }

  return {
    value,
    begin(current) {
      show({ ...current, search: { state: 'none' }, nearby: [] });
      stopLooking();
      stopLooking = discovery.browse(showNearby);
      if (current.hubUrl !== null) start(current.hubUrl);
    },
    findHub(address) {
      const parsed = parseHubAddress(address);
      if (!parsed.ok) return parsed;
      start(parsed.value);
      return { ok: true, value: null };
    },
    save(stationId) {
      if (found === null) return refuse({ type: 'notReady' });
      const { hubUrl, stations } = found;
      if (!stations[app].some(({ id }) => id === stationId)) return refuse({ type: 'unknownStation' });
      try {
        keep({ hubUrl, stationId: deviceIdSchema.parse(stationId), locationId: stations.location.id });
      } catch (error) {
        platform.log.error('the set-up could not be kept', { error });
        return refuse({ type: 'notSaved' });
      }
      return { ok: true, value: null };
    },
    end() {
      stopSearch();
      stopLooking();
    },
  };
}
