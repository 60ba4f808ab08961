/** Where a hub keeps data and logs when nobody says where: this user's, by the custom of each system, one for each location. */
import { join } from 'node:path';
import type { LocationId } from '@aufruf/shared/lib/ids';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
}

export function defaultDataFolder(locationId: LocationId, { platform, env, home }: Machine): string {
  switch (platform) {
    case 'win32':
      return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'aufruf', locationId);
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'aufruf', locationId);
    default:
      return join(absolute(env.XDG_DATA_HOME) ?? join(home, '.local', 'share'), 'aufruf', locationId);
  }
}

/** Never in the data folder, which holds the database alone. */
export function defaultLogFolder(locationId: LocationId, { platform, env, home }: Machine): string {
  switch (platform) {
    case 'win32':
      return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'aufruf', locationId, 'log');
    case 'darwin':
      return join(home, 'Library', 'Logs', 'aufruf', locationId);
    default:
      return join(absolute(env.XDG_STATE_HOME) ?? join(home, '.local', 'state'), 'aufruf', locationId, 'log');
  }
}

/** The specification has a relative path ignored. */
const absolute = (path: string | undefined): string | null => (path?.startsWith('/') ? path : null);
