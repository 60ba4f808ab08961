/**
 * Who may speak to the hub's web server. Two attacks of a foreign page in somebody's browser are kept out: one that has
 * its own name point to the hub's address (DNS rebinding), by the Host header; and one that opens a websocket to the
 * hub, by the Origin header, which no page can forge. Programs that are no browsers send no Origin and may connect.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

export interface RequestGuard {
  /** Whether the request was sent to a name of this hub. */
  isHostAllowed(request: IncomingMessage): boolean;
  /** Whether a websocket may be opened: the Host is ours, and the page, if it is one, came from the same place. */
  isUpgradeAllowed(request: IncomingMessage): boolean;
}

/** `ownNames`: names besides IP addresses and `localhost` under which the hub is reached; asked for with each request. */
export function createRequestGuard(ownNames: () => readonly string[]): RequestGuard {
  function isHostAllowed({ headers }: IncomingMessage): boolean {
    const url = hostToUrl(headers.host);
    if (url === null) return false;
    // A URL writes an IPv6 address in brackets and a name in lower case.
    const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
    return isIP(name) !== 0 || name === 'localhost' || ownNames().some((own) => own.toLowerCase() === name);
  }

  return {
    isHostAllowed,
    isUpgradeAllowed(request) {
      if (!isHostAllowed(request)) return false;
      const { origin, host } = request.headers;
      if (origin === undefined) return true;
      if (!URL.canParse(origin)) return false;
      const page = new URL(origin);
      // Behind a proxy that ends TLS the page is https and the request is http: what must agree is the host.
      const own = hostToUrl(host, page.protocol);
      return /^https?:$/.test(page.protocol) && own !== null && page.host === own.host;
    },
  };
}

/** Null unless the header is a host with an optional port and nothing else. */
function hostToUrl(host: string | undefined, protocol = 'http:'): URL | null {
  if (host === undefined || !/^[A-Za-z0-9.:[\]-]+$/.test(host)) return null;
  const text = `${protocol}//${host}/`;
  return URL.canParse(text) ? new URL(text) : null;
}
