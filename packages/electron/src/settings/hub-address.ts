import { MAX_ADDRESS_LENGTH } from '@aufruf/shared/bridge/shell-table';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { DEFAULT_HUB_PORT } from '@aufruf/shared/protocol/stations';
import { z } from 'zod';

/**
 * Reads what a person types as a hub's address: `192.168.7.20`, `aufruf-mitte:4711`, `https://aufruf.example`. A bare
 * name gets the usual port; with a scheme nothing is added. Answers an origin: `http://192.168.7.20:4700`.
 */
export function parseHubAddress(text: string): Result<string, { readonly type: 'badAddress' }> {
  const bad = refuse({ type: 'badAddress' } as const);
  const typed = text.trim();
  if (typed === '' || typed.length > MAX_ADDRESS_LENGTH || /\s/.test(typed)) return bad;
  const full = withSchemeAndPort(typed);
  if (!URL.canParse(full)) return bad;
  const { protocol, username, password, pathname, search, hash, hostname, origin } = new URL(full);
  if (protocol !== 'http:' && protocol !== 'https:') return bad;
  if (hostname === '' || username !== '' || password !== '' || pathname !== '/' || search !== '' || hash !== '')
    return bad;
  return { ok: true, value: origin };
}

function withSchemeAndPort(typed: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) return typed;
  const address = typed.replace(/\/$/, '');
  // An IPv6 address has colons of its own, and stands in brackets where a port follows.
  const host = /^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*$/i.test(address) ? `[${address}]` : address;
  return `http://${host}${/:\d+$/.test(host) ? '' : `:${DEFAULT_HUB_PORT}`}`;
}

/** An address as `parseHubAddress` answers it. */
export const hubUrlSchema = z.string().transform((text, context) => {
  const parsed = parseHubAddress(text);
  if (parsed.ok) return parsed.value;
  context.issues.push({
    code: 'custom',
    message: 'expected the address of a hub, like 192.168.7.20:4700',
    input: text,
  });
  return z.NEVER;
});
