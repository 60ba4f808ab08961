/** The two scripts that Chromium runs before anything else in a page of an app: one in each world. */
import { randomUUID } from 'node:crypto';
import { Script } from 'node:vm';
import { createCloneCodec } from './clone-codec.ts';
import { startPageWorld } from './page-world.ts';
import { startPreloadWorld } from './preload-world.ts';
import { createWorldLine } from './world-line.ts';

/** As Electron calls it: DevTools show it under this name. */
export const PRELOAD_WORLD = 'Electron Isolated Context';

export interface PageScripts {
  /** For the page's own world. */
  readonly page: string;
  /** For PRELOAD_WORLD. */
  readonly preload: string;
  /** Name of the function that PRELOAD_WORLD is to have, which carries texts to main. */
  readonly binding: string;
  /** Expression for the receiver in PRELOAD_WORLD. */
  readonly receiver: string;
}

/**
 * Throws a SyntaxError that points into the preload where that is no program, as `import` in one is none.
 * @throws SyntaxError
 */
export function checkPreload(code: string, file: string): void {
  new Script(`(function () {${code}\n})`, { filename: file });
}

/** `preload`: its text, checked; null for none. `processInfo`: what the preload's `process` tells. */
export function pageScripts(preload: string | null, processInfo: Readonly<Record<string, unknown>>): PageScripts {
  const secret = randomUUID().replaceAll('-', '');
  const [mine, theirs, binding, receiver] = ['a', 'b', 'send', 'receive'].map((name) => `standIn_${name}_${secret}`);
  const names = [mine, theirs].map((name) => JSON.stringify(name));
  const start = (line: readonly (string | undefined)[], body: string) => `
    if (window === window.top) {
      const codec = (${createCloneCodec})();
      const line = (${createWorldLine})(codec, ${line.join(', ')});
      ${body}
    }`;
  const program = preload === null ? 'null' : `function (require, module, exports, process) {${preload}\n}`;
  return {
    page: start(names, `(${startPageWorld})(line);`),
    preload: start(
      names.toReversed(),
      `(${startPreloadWorld})({ codec, line, binding: '${binding}', receiver: '${receiver}',
        process: ${JSON.stringify(processInfo)}, preload: ${program} });`,
    ),
    binding: binding as string,
    receiver: `globalThis.${receiver}`,
  };
}
