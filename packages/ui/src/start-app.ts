/**
 * The start of an app's renderer, wherever it runs. In a desktop window the preload's bridge leads to the app's own
 * main process, which knows the station. In a browser the bridge leads to where the page came from: a station of its own
 * (`npm run station`), or the hub, which chooses one, unless the address names it (`?station=display-2`). The screens are the same and cannot tell.
 */
import '@aufruf/shared/lib/no-generated-code';
import type { BridgeRefusal } from '@aufruf/shared/bridge/bridge';
import type { BRIDGE_NAMESPACES } from '@aufruf/shared/bridge/wire';
import { createElement, type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openIpcBridge } from './bridge/ipc-bridge.ts';
import { desktopShell, preloadApi } from './bridge/shell.ts';
import { openSocketBridge } from './bridge/socket-bridge.ts';
import { BridgeProvider } from './state/bridge-context.ts';

export interface Welcome {
  /** The station the host bound this screen to; null for a clerk or a visitor; undefined until the host has answered. */
  readonly station: string | null | undefined;
  /** The host would not have this screen: no such station, or a page of another version. */
  readonly refused: BridgeRefusal['type'] | null;
  /** Origin of the hub's pages, for phones, where the location's configuration names none. */
  readonly hubOrigin: string;
}

export function startApp(role: keyof typeof BRIDGE_NAMESPACES, screen: (welcome: Welcome) => ReactNode): void {
  const container = document.getElementById('root');
  if (!container) throw new Error('The page has no element with the id "root".');
  const root = createRoot(container);
  let welcome: Welcome = { station: undefined, refused: null, hubOrigin: location.origin };

  const render = () =>
    root.render(createElement(StrictMode, null, createElement(BridgeProvider, { bridge }, screen(welcome))));
  const learn = (news: Partial<Welcome>) => {
    welcome = { ...welcome, ...news };
    render();
  };
  const api = preloadApi();
  const bridge =
    api === null
      ? openSocketBridge({
          role,
          station: new URLSearchParams(location.search).get('station') ?? undefined,
          onWelcome: ({ station, hubUrl }) => learn({ station, refused: null, hubOrigin: hubUrl ?? location.origin }),
          onRefused: (refusal) => learn({ refused: refusal.type }),
        })
      : openIpcBridge(api);
  render();
  desktopShell()?.watch('welcome', (value) => {
    if (value !== null) learn({ station: value.station, hubOrigin: value.hubUrl });
  });
}
