/**
 * Where a hub or a station keeps data and logs when nobody says where: this user's, by the custom of each system, one
 * folder for each location's hub (by its id) and each station.
 */
import { join } from 'node:path';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
}

export function defaultDataFolder(name: string, { platform, env, home }: Machine): string {
  switch (platform) {
    case 'win32':
      return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'aufruf', name);
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'aufruf', name);
    default:
      return join(absolute(env.XDG_DATA_HOME) ?? join(home, '.local', 'share'), 'aufruf', name);
  }
}

/** Never in the data folder, which holds the database alone. */
export function defaultLogFolder(name: string, { platform, env, home }: Machine): string {
  switch (platform) {
    case 'win32':
      return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'aufruf', name, 'log');
    case 'darwin':
      return join(home, 'Library', 'Logs', 'aufruf', name);
    default:
      return join(absolute(env.XDG_STATE_HOME) ?? join(home, '.local', 'state'), 'aufruf', name, 'log');
  }
}

/** The specification has a relative path ignored. */
const absolute = (path: string | undefined): string | null => (path?.startsWith('/') ? path : null);
