/** Inside a utility process: gives the module what Electron gives it there, then starts it. Ends when its app is gone. */
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';

const [modulePath = '', ...args] = process.argv.slice(2);
process.argv = [process.execPath, modulePath, ...args];
Object.defineProperty(process, 'type', { value: 'utility' });

const parentPort = new EventEmitter();
const send = process.send?.bind(process);
// Messages wait for the first listener, as on Electron's port.
const waiting: unknown[] = [];
parentPort.on('newListener', (event) => {
  if (event !== 'message') return;
  setImmediate(() => {
    for (const data of waiting.splice(0)) parentPort.emit('message', { data, ports: [] });
  });
});
process.on('message', (data) => {
  if (parentPort.listenerCount('message') === 0) waiting.push(data);
  else parentPort.emit('message', { data, ports: [] });
});
process.once('disconnect', () => process.exit(0));
Object.defineProperty(process, 'parentPort', {
  value: Object.assign(parentPort, {
    postMessage: (message: unknown) => void send?.(structuredClone(message)),
  }),
});
// A terminal's Ctrl-C reaches the whole group; the app decides.
process.on('SIGINT', () => {});
// It is no child of Node's to its module.
Object.defineProperty(process, 'send', { value: undefined });

await import(pathToFileURL(modulePath).href);
