/** `protocol`: schemes of the app's own, and who answers for them. */
import { requireNotReady, requireReady } from './lifecycle.ts';
import { record } from './records.ts';
import { strict } from './strict.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;

interface CustomScheme {
  readonly scheme: string;
  readonly privileges?: { readonly standard?: boolean; readonly secure?: boolean; readonly bypassCSP?: boolean };
}

const privileged = new Map<string, NonNullable<CustomScheme['privileges']>>();
const handlers = new Map<string, SchemeHandler>();
let isRegistered = false;

/** Schemes that have a handler. */
export const handledSchemes = (): ReadonlySet<string> => new Set(handlers.keys());

export const schemeHandler = (scheme: string): SchemeHandler | undefined => handlers.get(scheme);

/** Relative addresses, storage and secure contexts work only in schemes that were registered so. @throws Error */
export function requireStandardScheme(scheme: string): void {
  const privileges = privileged.get(scheme);
  if (privileges?.standard && privileges.secure) return;
  throw new Error(
    `${scheme}: was not registered as standard and secure by protocol.registerSchemesAsPrivileged before ready: in Electron its pages would have no origin.`,
  );
}

/** What belongs to a session. Part of `protocol` for the default one. */
export const sessionProtocol = strict('session.protocol', {
  handle(scheme: string, handler: SchemeHandler) {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (/^(https?|file|data|blob)$/.test(scheme)) throw new Error(`The stand-in cannot intercept ${scheme}:`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string) {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  },
  isProtocolHandled: (scheme: string) => handlers.has(scheme),
});

const beforeReady = 'Session can only be received when app is ready';
const whenReady =
  <A extends unknown[], R>(act: (...args: A) => R) =>
  (...args: A): R => {
    requireReady(beforeReady);
    return act(...args);
  };

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]) {
    requireNotReady('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (isRegistered)
      throw new Error('protocol.registerSchemesAsPrivileged can be called only once: the last call wins.');
    isRegistered = true;
    record('protocol.registerSchemesAsPrivileged', schemes);
    for (const { scheme, privileges } of schemes) {
      if (privileges?.bypassCSP)
        throw new Error('The stand-in has no scheme that bypasses the content security policy.');
      privileged.set(scheme, privileges ?? {});
    }
  },
  handle: whenReady(sessionProtocol.handle),
  unhandle: whenReady(sessionProtocol.unhandle),
  isProtocolHandled: whenReady(sessionProtocol.isProtocolHandled),
});
