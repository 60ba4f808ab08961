/** From here on `electron` means the stand-in, for `import` and `require` alike, in this process. */
import { registerHooks } from 'node:module';
import { electron } from './main/electron-module.ts';

const NAMES = new Set(['electron', 'electron/main']);
const URL_OF_STAND_IN = 'electron-stand-in:main';
const KEY = 'aufruf.electron-stand-in';

Object.defineProperty(globalThis, Symbol.for(KEY), { value: electron });

// Modules of the language need their exports by name.
const source = [
  `const electron = globalThis[Symbol.for('${KEY}')];`,
  ...Object.keys(electron).map((name) => `export const ${name} = electron['${name}'];`),
  "export default electron; export { electron as 'module.exports' };",
].join('\n');

registerHooks({
  resolve: (specifier, context, next) =>
    NAMES.has(specifier) ? { url: URL_OF_STAND_IN, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === URL_OF_STAND_IN ? { format: 'module', source, shortCircuit: true } : next(url, context),
});
