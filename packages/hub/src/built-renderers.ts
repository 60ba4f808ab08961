import { join } from 'node:path';
import type { RendererFolders } from './http-server.ts';

/** Where `npm run build` leaves the pages that browsers are served. */
export function builtRenderers(): RendererFolders {
  const of = (app: string): string => join(import.meta.dirname, '..', '..', '..', 'apps', app, 'out', 'renderer');
  return { kiosk: of('kiosk'), display: of('display'), counter: of('counter') };
}
