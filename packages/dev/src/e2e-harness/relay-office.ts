/** An office of which one device on this machine is a relay. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocationConfig, locationConfigSchema } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { officeTest, SAMPLE } from './office.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** The sample location with `device` as its relay, changed as the test needs it. */
export const relayOfficeTest = (
  device: string,
  change: (location: LocationConfig) => LocationConfig = (same) => same,
) =>
  // Not `override`, which would change the office of every file after this one in the same process.
  officeTest.extend('officeSettings', async ({ task: _ }, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'aufruf-relay-'));
    onCleanup(() => rmSync(folder, { recursive: true }));
    const relays = [{ device: device as DeviceId, address: `http://127.0.0.1:${await freePort()}` }];
    const sample = locationConfigSchema.parse(JSON.parse(readFileSync(SAMPLE, 'utf8')));
    const locationFile = join(folder, 'location.json');
    writeFileSync(locationFile, JSON.stringify(change({ ...sample, $schema: undefined, sync: { relays } })));
    return { locationFile };
  });
