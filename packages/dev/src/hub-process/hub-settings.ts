/** What a hub process is told, and what it says. */
import type { StartHubOptions } from '@aufruf/hub/main';

export type HubSettings = Omit<StartHubOptions, 'platform'>;

export type HubMessage =
  | { readonly type: 'up'; readonly port: number; readonly url: string }
  | { readonly type: 'refused'; readonly lines: readonly string[] };
