/**
 * Chromium without Electron knows no schemes of an app's own. A page of `app://kiosk/index.html` is therefore shown as
 * `http://kiosk.app.stand-in.localhost/index.html`: a secure context with an origin of its own, never sent to a network.
 */
const SUFFIX = 'stand-in.localhost';
const SCHEMED = /^([a-z][a-z0-9+-]*):\/\/([^/?#]*)(.*)$/i;
const SHOWN = /^http:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.stand-in\.localhost(:\d+)?([/?#].*)?$/;

/** The address Chromium is given for an app's one; any other address as it is. */
export function toShownUrl(url: string, schemes: ReadonlySet<string>): string {
  const [, scheme = '', host = '', rest = ''] = SCHEMED.exec(url) ?? [];
  if (!schemes.has(scheme.toLowerCase())) return url;
  const [, name = '', port = ''] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  return new URL(`http://${name}.${scheme}.${SUFFIX}${port}${rest}`).href;
}

/** The app's own address for what Chromium shows; any other address as it is. */
export function toAppUrl(url: string): string {
  const [, host, scheme, port = '', rest = '/'] = SHOWN.exec(url) ?? [];
  return host === undefined ? url : `${scheme}://${host}${port}${rest}`;
}

/** A policy's sources that name an app's scheme or one of its hosts. */
export function toShownPolicy(policy: string, schemes: ReadonlySet<string>): string {
  let shown = policy;
  for (const scheme of schemes) {
    shown = shown
      .replaceAll(new RegExp(`(?<=[\\s;]|^)${scheme}://([^\\s;/]+)`, 'g'), `http://$1.${scheme}.${SUFFIX}`)
      .replaceAll(new RegExp(`(?<=[\\s;]|^)${scheme}:(?=[\\s;]|$)`, 'g'), `http://*.${scheme}.${SUFFIX}`);
  }
  return shown;
}
