import { join } from 'node:path';
import type { LocationId } from '@aufruf/shared/lib/ids';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
}

/** Where this user's programs keep their data, by the custom of each system; one folder for each location. */
export function defaultDataFolder(locationId: LocationId, { platform, env, home }: Machine): string {
  return join(dataHome(platform, env, home), 'aufruf', locationId);
}

function dataHome(platform: NodeJS.Platform, env: Machine['env'], home: string): string {
  switch (platform) {
    case 'win32':
      return env.APPDATA || join(home, 'AppData', 'Roaming');
    case 'darwin':
      return join(home, 'Library', 'Application Support');
    default:
      // The specification has a relative path ignored.
      return env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : join(home, '.local', 'share');
  }
}
