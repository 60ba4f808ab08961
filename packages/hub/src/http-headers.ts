/** The headers of every answer. A page may load what the hub itself serves, talk to the hub, and nothing else. */

/** `host`: a Host header that passed the guard. Older browsers do not count websockets as 'self', so they are named. */
export function securityHeaders(host: string): Readonly<Record<string, string>> {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'font-src': "'self'",
    'img-src': "'self' data:",
    'media-src': "'self'",
    'connect-src': `'self' ws://${host} wss://${host}`,
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}

/** A file whose name carries a hash of its content never changes; everything else is asked for each time. */
export const CACHE_FOREVER = 'public, max-age=31536000, immutable';
export const CACHE_NEVER = 'no-cache';
