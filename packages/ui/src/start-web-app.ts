/**
 * The start of an app's renderer in web mode: opens the bridge to the host the page came from, learns which station
 * this is (`?station=display-2` in the address, else the host's choice), and keeps the screen told of both.
 */
import type { BridgeRefusal } from '@aufruf/shared/bridge/bridge';
import type { BRIDGE_NAMESPACES } from '@aufruf/shared/bridge/wire';
import { createElement, type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openSocketBridge } from './bridge/socket-bridge.ts';
import { BridgeProvider } from './state/bridge-context.ts';

export interface Welcome {
  /** The station the host bound this screen to; null for a clerk or a visitor; undefined until the host has answered. */
  readonly station: string | null | undefined;
  /** The host would not have this screen: no such station, or a page of another version. */
  readonly refused: BridgeRefusal['type'] | null;
}

export function startWebApp(role: keyof typeof BRIDGE_NAMESPACES, screen: (welcome: Welcome) => ReactNode): void {
  const container = document.getElementById('root');
  if (!container) throw new Error('The page has no element with the id "root".');
  const root = createRoot(container);
  let welcome: Welcome = { station: undefined, refused: null };

  const render = () =>
    root.render(createElement(StrictMode, null, createElement(BridgeProvider, { bridge }, screen(welcome))));
  const learn = (news: Partial<Welcome>) => {
    welcome = { ...welcome, ...news };
    render();
  };
  const bridge = openSocketBridge({
    role,
    station: new URLSearchParams(location.search).get('station') ?? undefined,
    onWelcome: (station) => learn({ station, refused: null }),
    onRefused: (refusal) => learn({ refused: refusal.type }),
  });
  render();
}
