/** The page at `/`, for whoever sets a location up: which screens there are, and where. */

import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { startTexts } from '@aufruf/shared/i18n/start/catalog';

/**
 * `config`: null before the first one is published; then only the apps are listed. `movedTo`: where the hub is now, if it is
 * not here any more: the screens here show nothing new.
 */
export function startPage(config: LocationConfig | null, movedTo: string | null): string {
  const language = config?.languages[0] ?? 'de';
  const texts = startTexts[language];
  const name = config === null ? 'Aufruf' : config.name[language];
  const stations = (
    stationsOfApp: readonly Pick<
      LocationConfig['kiosks'][number] | LocationConfig['displays'][number],
      'id' | 'name'
    >[] = [],
  ): readonly (readonly [string, string])[] => stationsOfApp.map((station) => [station.id, station.name[language]]);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(name)} – Aufruf</title>
<link rel="stylesheet" href="/start.css">
</head>
<body>
<main>
<h1>${escapeHtml(name)}</h1>
${
  movedTo === null
    ? ''
    : `<p role="alert">${texts.moved} <a href="${escapeHtml(movedTo)}">${escapeHtml(movedTo)}</a></p>
`
}<p>${texts.choose}</p>
<nav aria-label="${texts.choose}">
${section('kiosk', texts.kiosk, stations(config?.kiosks))}
${section('display', texts.display, stations(config?.displays))}
${section('counter', texts.counter, [])}
</nav>
</main>
</body>
</html>
`;
}

/** A single station needs no list: the app takes the first one by itself. */
function section(app: string, title: string, stations: readonly (readonly [id: string, name: string])[]): string {
  const links = stations.map(([id, name]) => `<li><a href="/${app}/?station=${id}">${escapeHtml(name)}</a></li>`);
  const list = links.length > 1 ? `<ul>${links.join('')}</ul>` : '';
  return `<section><h2><a href="/${app}/">${title}</a></h2>${list}</section>`;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Served at /start.css, since the policy allows no style inside a page. */
export const START_CSS = `:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 40rem; margin: 0 auto; padding: 2rem 1.5rem; }
section { border-top: 1px solid; padding: 0.5rem 0; }
h2 { font-size: 1.25rem; margin: 0.5rem 0; }
a { display: inline-block; min-height: 1.5rem; }
`;
