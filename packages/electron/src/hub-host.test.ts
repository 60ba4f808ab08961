import type { FromHubChild } from '@aufruf/shared/protocol/hub-child';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_PAUSE_MS } from './backoff.ts';
import { BEAT_MS, FORCE_AFTER_MS, hostHub, MAX_MISSED_BEATS, STOP_WITHIN_MS } from './hub-host.ts';
import { createFakeElectron, type FakeElectron, type FakeUtilityProcess } from './test/fake-electron.ts';
import { createTestShellPlatform, type TestShellPlatform } from './test/test-shell-platform.ts';

const settings = {
  locationFile: '/etc/mitte.json',
  dataFolder: '/var/hub',
  renderers: { kiosk: '/k', display: '/d', counter: '/c' },
  host: '0.0.0.0',
  port: 4700,
  openAllDay: false,
};

describe('hostHub', () => {
  let fake: FakeElectron;
  let platform: TestShellPlatform;
  beforeEach(async () => {
    fake = createFakeElectron({ appData: '/' });
    await fake.becomeReady();
    platform = createTestShellPlatform();
  });
  let forced: number[];
  let news: string[];
  const start = () => {
    forced = [];
    news = [];
    return hostHub({
      fork: () => fake.electron.utilityProcess.fork('/out/main/hub.js'),
      settings: () => settings,
      tell: (item) => void news.push(item.type),
      force: (pid) => void forced.push(pid),
      platform,
    });
  };
  const last = () => fake.children.at(-1) as FakeUtilityProcess;
  const say = (message: FromHubChild | string) => last().emit('message', message);

  it('starts the hub with its settings', () => {
    start();
    expect(last().sent).toEqual([{ type: 'start', settings }]);
    say({ type: 'up', port: 4700 });
    expect(platform.lines).toEqual(['info: the hub is up']);
  });

  it('a hub that dies is back at once, and again and again within five seconds', () => {
    start();
    for (let times = 1; times <= 10; times += 1) {
      last().emit('exit', 139);
      platform.advance(times === 1 ? 500 : MAX_PAUSE_MS);
      expect(fake.children).toHaveLength(times + 1);
      expect(last().sent).toEqual([{ type: 'start', settings }]);
    }
  });

  it('logs why a hub cannot start, line by line, and tries again', () => {
    start();
    say({ type: 'refused', reason: 'portBusy', lines: ['Port 4700 is in use.', 'Choose another one.'] });
    last().emit('exit', 1);
    expect(platform.lines).toEqual([
      'error: the hub cannot start',
      'error: the hub cannot start',
      'error: the hub ended',
    ]);
    platform.advance(MAX_PAUSE_MS);
    expect(fake.children).toHaveLength(2);
  });

  it('M5: passes on what becomes of its place', () => {
    start();
    say({ type: 'up', port: 4700 });
    say({ type: 'tookOver' });
    say({ type: 'moved' });
    say({ type: 'refused', reason: 'notPublished', lines: ['Not published.'] });
    last().emit('exit', 1);
    expect(news).toEqual(['up', 'tookOver', 'moved', 'refused', 'ended']);
  });

  it('Bad input: what the hub says is checked', () => {
    start();
    say('hello');
    expect(platform.lines).toEqual(['warn: the hub said something unknown']);
  });

  describe('a hub that hangs', () => {
    const pings = () => last().sent.filter((message) => (message as { type: string }).type === 'ping').length;

    it('is noticed and started again', () => {
      start();
      say({ type: 'up', port: 4700 });
      platform.advance(BEAT_MS * MAX_MISSED_BEATS - 1);
      expect([pings(), last().kills]).toEqual([MAX_MISSED_BEATS, 0]);
      platform.advance(1);
      expect(last().kills).toBe(1);
      expect(platform.lines).toContain('error: the hub is stuck');
      platform.advance(500);
      expect(fake.children).toHaveLength(2);
    });

    it('is left alone as long as it answers, however late', () => {
      start();
      say({ type: 'up', port: 4700 });
      for (let beats = 1; beats <= 50; beats += 1) {
        platform.advance(BEAT_MS);
        if (beats % (MAX_MISSED_BEATS - 1) === 0) say({ type: 'pong' });
      }
      expect([fake.children.length, last().kills]).toEqual([1, 0]);
    });

    it('is not asked while it starts, which may take long', () => {
      start();
      platform.advance(60_000);
      expect([pings(), last().kills]).toEqual([0, 0]);
    });

    it('is ended by force where it does not even end', () => {
      start();
      last().ignoresKill = true;
      say({ type: 'up', port: 4700 });
      platform.advance(BEAT_MS * MAX_MISSED_BEATS);
      platform.advance(FORCE_AFTER_MS - 1);
      expect(forced).toEqual([]);
      platform.advance(1);
      expect(forced).toEqual([last().pid]);
    });
  });

  it('ends in good order, and is not started again', async () => {
    const hub = start();
    const stopped = hub.stop();
    expect(hub.stop()).toBe(stopped);
    expect(last().sent.at(-1)).toEqual({ type: 'stop' });
    last().emit('exit', 0);
    await stopped;
    platform.advance(60_000);
    expect([fake.children.length, last().kills]).toEqual([1, 0]);
  });

  it('a hub that does not end is ended', async () => {
    const hub = start();
    const stopped = hub.stop();
    platform.advance(STOP_WITHIN_MS - 1);
    expect(last().kills).toBe(0);
    platform.advance(1);
    await stopped;
    expect(last().kills).toBe(1);
  });

  it('a hub that is between two starts ends at once', async () => {
    const hub = start();
    last().emit('exit', 1);
    await hub.stop();
    platform.advance(60_000);
    expect(fake.children).toHaveLength(1);
  });
});
