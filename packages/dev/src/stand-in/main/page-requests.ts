/**
 * Every request of a page: the app's own schemes are answered by its handlers, page-made navigations are put to its
 * guards, and its `onBeforeRequest` may cancel any.
 */
import type { CdpSession } from './cdp.ts';
import { handledSchemes, schemeHandler } from './protocol.ts';
import { toAppUrl, toShownPolicy, toShownUrl } from './scheme-urls.ts';

/** `Fetch.requestPaused`. */
interface Paused {
  readonly requestId: string;
  readonly frameId: string;
  readonly networkId?: string;
  readonly resourceType: string;
  readonly request: {
    readonly url: string;
    readonly urlFragment?: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly hasPostData?: boolean;
    readonly postData?: string;
  };
}

export interface PageRequest {
  /** As the app knows it. */
  readonly url: string;
  readonly method: string;
  /** In Electron's words: `mainFrame`, `subFrame`, `script` ... */
  readonly resourceType: string;
}

export interface PageRequestRules {
  readonly mainFrameId: () => string;
  /** Whether a page may go there, asked only for what the page itself began. `isRedirect`: it was sent there. */
  mayNavigate(url: string, how: { readonly isMainFrame: boolean; readonly isRedirect: boolean }): Promise<boolean>;
  /** False: the app cancels it. */
  mayRequest(request: PageRequest): Promise<boolean>;
}

const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  Document: 'subFrame',
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
};

/** `session`: of a page, or of a frame or worker of it in another process. */
export async function answerRequests(session: CdpSession, rules: PageRequestRules): Promise<void> {
  /** Document requests on their way, by what stays the same through redirects. */
  const documents = new Set<string>();

  session.on<Paused>('Fetch.requestPaused', (paused) => {
    answer(paused).catch(() => {
      // The page is gone, or went elsewhere: nobody waits for this any more.
    });
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });

  async function answer(paused: Paused): Promise<void> {
    const { requestId, request, resourceType, frameId } = paused;
    const url = toAppUrl(request.url);
    // Chromium looks for one at every http address, which a page of an app's own scheme is to it alone.
    if (url !== request.url && /\/favicon\.ico$/.test(url) && resourceType === 'Other')
      return void (await session.send('Fetch.fulfillRequest', { requestId, responseCode: 404 }));
    const isMainFrame = frameId === rules.mainFrameId();
    const kind = resourceType === 'Document' && isMainFrame ? 'mainFrame' : (RESOURCE_TYPES[resourceType] ?? 'other');
    if (resourceType === 'Document') {
      const key = paused.networkId ?? requestId;
      const isRedirect = documents.has(key);
      documents.add(key);
      if (!(await rules.mayNavigate(`${url}${request.urlFragment ?? ''}`, { isMainFrame, isRedirect })))
        return void (await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }));
    }
    if (!(await rules.mayRequest({ url, method: request.method, resourceType: kind })))
      return void (await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }));
    if (url === request.url) return void (await session.send('Fetch.continueRequest', { requestId }));
    await fulfil(paused, url);
  }

  async function fulfil({ requestId, request }: Paused, url: string): Promise<void> {
    const handler = schemeHandler(url.slice(0, url.indexOf(':')));
    let response: Response;
    try {
      if (handler === undefined) throw new Error(`Nobody handles ${url}`);
      const { method, postData } = request;
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !name.startsWith(':')));
      response = await handler(
        new Request(url, { method, headers, ...(postData !== undefined && { body: postData }) }),
      );
      if (!(response instanceof Response)) throw new TypeError('A protocol handler must return a Response');
    } catch (error) {
      console.error(`The handler of ${url} failed:`, error);
      return void (await session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }));
    }
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value: shownHeader(name, value) })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }
}

function shownHeader(name: string, value: string): string {
  if (name.startsWith('content-security-policy')) return toShownPolicy(value, handledSchemes());
  return name === 'location' ? toShownUrl(value, handledSchemes()) : value;
}
