/** The demo against a real hub, over the bridge people use. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { type RunningHub, startHub } from '@aufruf/hub/main';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDemo } from './demo.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let folder: string;
let running: RunningHub;
async function start(openAllDay: boolean): Promise<void> {
  const started = await startHub({
    locationFile: join(import.meta.dirname, '../../samples/hamburg-mitte.json'),
    dataFolder: join(folder, 'hub'),
    renderers: { kiosk: folder, display: folder, counter: folder },
    port: 0,
    openAllDay,
    // A Sunday, when the sample location is closed.
    platform: {
      ...createNodePlatform({ log: silent }),
      ...(openAllDay ? {} : { now: () => Date.UTC(2026, 2, 1, 11) }),
    },
  });
  if (!started.ok) throw new Error(started.refusal.lines.join(' '));
  running = started.value;
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aufruf-demo-'));
});
afterEach(async () => {
  await running.close();
  await rm(folder, { recursive: true });
});

const patiently = { timeout: 60_000, interval: 50 };

describe('startDemo', () => {
  it('brings visitors, appointments and clerks, leaves counters free, and goes home', { timeout: 90_000 }, async () => {
    await start(true);
    const said: string[] = [];
    const demo = startDemo({ url: running.url, seed: 7, say: (line) => said.push(line) });
    const state = () => running.hub.state();
    const counters = () => [...state().counters.values()];
    const visits = () => [...state().openVisits.values(), ...state().closedVisits.values()];
    await vi.waitFor(() => expect(counters().filter(({ presence }) => presence === 'open')).toHaveLength(6), patiently);
    await vi.waitFor(() => expect(visits().some((visit) => visit.handedOver)).toBe(true), patiently);
    await vi.waitFor(() => expect(visits().filter((visit) => visit.state === 'booked')).not.toHaveLength(0), patiently);
    await vi.waitFor(() => expect(visits().some((visit) => visit.counterId !== null)).toBe(true), patiently);
    expect(said).toEqual([expect.stringMatching(/^Demo: simulated visitors come/)]);
    await demo.stop();
    for (const { presence, visitId } of counters()) expect(presence === 'closed' || visitId !== null).toBe(true);
    expect(state().rejections).toEqual([]);
  });

  it('says in one line that the location is closed', { timeout: 30_000 }, async () => {
    await start(false);
    const said: string[] = [];
    const demo = startDemo({ url: running.url, say: (line) => said.push(line) });
    await vi.waitFor(() => expect(said).toHaveLength(1), patiently);
    expect(said[0]).toMatch(/closed until 2026-03-02 07:00/);
    await demo.stop();
    expect(running.hub.state().openVisits.size).toBe(0);
  });
});
