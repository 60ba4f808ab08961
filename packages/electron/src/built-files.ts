/** Where an app's built files lie, from its main's folder: in a checkout and in a packaged app. */
import { join } from 'node:path';
import { STATION_KINDS, type StationKind } from '@aufruf/shared/bridge/shell-table';
import type { HubChildSettings } from '@aufruf/shared/protocol/hub-child';

export interface BuiltFiles {
  readonly preload: string;
  readonly renderer: string;
  readonly hubEntry: string;
  /** The pages that a hub of this app's own serves to browsers. */
  readonly hubRenderers: (isPackaged: boolean) => HubChildSettings['renderers'];
}

/** `mainFolder`: `apps/<app>/out/main`, or the same within a package, where `out/web/<app>` holds the other apps' pages. */
export function builtFiles(app: StationKind, mainFolder: string): BuiltFiles {
  const out = join(mainFolder, '..');
  const renderer = join(out, 'renderer');
  const others = (isPackaged: boolean, other: StationKind): string =>
    isPackaged ? join(out, 'web', other) : join(out, '..', '..', other, 'out', 'renderer');
  return {
    preload: join(out, 'preload', 'index.cjs'),
    renderer,
    hubEntry: join(mainFolder, 'hub.js'),
    hubRenderers: (isPackaged) =>
      Object.fromEntries(
        STATION_KINDS.map((kind) => [kind, kind === app ? renderer : others(isPackaged, kind)]),
      ) as HubChildSettings['renderers'],
  };
}
