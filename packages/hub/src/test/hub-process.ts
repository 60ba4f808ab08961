/**
 * A hub as a process of its own, to be killed: `node hub-process.ts FILE PORT busy|quiet [LOCATION]`. Serves devices; a
 * busy one draws tickets itself all the time, reporting each on standard output once it is acknowledged: what was
 * reported must never be lost. Prints `listening PORT` first.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import { createSocketServer, serveSync } from '@aufruf/engine/transport/socket-io-server';
import { locationConfigSchema } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { createHub } from '../hub.ts';
import { bigLocation } from './big-location.ts';
import { draw } from './commands.ts';

const [file = '', port = '0', load, location] = process.argv.slice(2);
const platform = createNodePlatform();
const store = openSqliteStore({ file, device: 'hub' as DeviceId, platform });
const config =
  location === undefined
    ? bigLocation()
    : locationConfigSchema.parse(JSON.parse(readFileSync(location, 'utf8')) as unknown);
const hub = createHub({ store, platform, config });

const server = createServer();
const sockets = createSocketServer(server, { allowRequest: () => true, log: platform.log });
serveSync(sockets, hub.attach);
server.listen(Number(port), '127.0.0.1', () => {
  report(`listening ${(server.address() as AddressInfo).port}`);
  if (load === 'busy') drawForEver();
});

// The line to whoever started it: gone with them, however they end.
process.stdin.resume().on('end', () => process.exit());

/** As often as the devices get their share beside it. */
const DRAW_PAUSE_MS = 4;

function drawForEver(): void {
  void hub.execute(draw('extension', platform.newCommandId())).then((answer) => {
    if (answer.ok) report(`drawn ${answer.value.visitId} ${answer.value.number}`);
    platform.schedule(DRAW_PAUSE_MS, drawForEver);
  });
}

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}
