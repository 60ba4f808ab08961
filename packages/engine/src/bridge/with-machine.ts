import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { OwnHub } from '@aufruf/shared/takeover/own-hub';
import type { DeviceEngine } from '../sync/device-engine.ts';

export interface MachineOptions {
  readonly device: DeviceId;
  readonly setUpWith: string;
  readonly engine: Pick<DeviceEngine, 'servedBy' | 'standAside' | 'now'>;
  /** Absent: this program has no hub to start. */
  readonly ownHub: OwnHub | undefined;
}

/**
 * A host that also says what its machine may do about the hub (M5). While the machine hosts one, or is about to, its device
 * is no relay: the hub needs the address.
 */
export function withMachine(
  host: CommandHost,
  { device, setUpWith, engine, ownHub }: MachineOptions,
): { readonly host: CommandHost; readonly end: () => void } {
  const status = () => ownHub?.status() ?? ({ state: 'none' } as const);
  const listeners = new Set<() => void>();
  let since = engine.now();

  function makeRoom(): void {
    const { state } = status();
    engine.standAside(state !== 'none' && state !== 'failed');
  }

  makeRoom();
  const end = ownHub?.onChange(() => {
    since = engine.now();
    makeRoom();
    for (const listener of [...listeners]) listener();
  });
  return {
    host: {
      ...host,
      onChange(listener) {
        const own = (): void => listener();
        listeners.add(own);
        const endHost = host.onChange(listener);
        return () => {
          listeners.delete(own);
          endHost();
        };
      },
      machine: {
        view: () => ({
          device,
          setUpWith,
          canHost: ownHub !== undefined,
          servedBy: engine.servedBy(),
          ownHub: status(),
          ownHubSince: since,
        }),
        takeOver: (place, config) =>
          ownHub?.takeOver(place, config) ?? { ok: false, refusal: { type: 'storageFailed' } },
      },
    },
    end: () => end?.(),
  };
}
