import { at, DAY } from '@aufruf/shared/domain/views/test/fixtures';
import { addDays, toEpochMs } from '@aufruf/shared/lib/local-time';
import { HOUR_MS, type LocalDate, type LocalTime, MINUTE_MS } from '@aufruf/shared/lib/time';
import { afterEach, describe, expect, it } from 'vitest';
import { ClockRefused } from './business-day.ts';
import { bigLocation } from './test/big-location.ts';
import { callNext, command, draw, openCounter } from './test/commands.ts';
import { createForger, createRawDevice } from './test/raw-device.ts';
import { createWorld, type World } from './test/world.ts';

let world: World;
afterEach(() => world.close());

const NEXT_DAY = addDays(DAY, 1);
const types = (day: LocalDate) => world.hubStore.entriesAfter(day, 0, 1_000).map(({ event }) => event.type);
const execute = async (sent: ReturnType<typeof draw>) =>
  (await Promise.all([world.hub().execute(sent), world.settle()]))[0];
/** Ends the hub, lets time pass without it, starts it again. */
const restartAfter = (ms: number) => {
  world.crashHub();
  world.advance(ms);
  return world.startHub();
};

describe('business days of a hub', () => {
  it('D1: opens the day in the location’s time zone, with the configuration, so that the log explains itself', () => {
    // 00:30 in Berlin is the evening before in UTC.
    world = createWorld({ now: at('00:30') });
    expect(types(DAY)).toEqual(['v1.DayOpened', 'v1.ConfigurationPublished']);
    expect(world.hub().state().info).toMatchObject({ day: DAY, status: 'open', config: { id: 'test-office' } });
  });

  it('D1, O7: at midnight open visits expire, the day closes with its state hash, the next one opens - in one commit', async () => {
    world = createWorld({ now: at('23:00') });
    const display = world.device('display-1');
    for (const sent of [draw(), draw(), openCounter('counter-1'), callNext('counter-1')]) await execute(sent);
    await world.until(() => display.rows() === world.hub().stats().head.n);
    const { commits } = world.hub().stats();
    world.advance(HOUR_MS - 1);
    await world.settle();
    expect(world.hub().state().info.day).toBe(DAY);
    world.advance(2_001);
    await world.settle();
    expect(world.hub().stats().commits).toBe(commits + 1);
    expect(types(DAY).slice(-3)).toEqual(['v1.VisitExpired', 'v1.VisitExpired', 'v1.DayClosed']);
    expect(types(NEXT_DAY)).toEqual(['v1.DayOpened', 'v1.ConfigurationPublished']);
    expect(world.hub().state().openVisits.size).toBe(0);
    // The display has read the old day to its end and agrees with the hash on record.
    await world.until(() => display.state().info.day === NEXT_DAY && display.syncStatus().mode === 'ORDERED');
    expect(world.deviceStore('display-1').head(DAY)).toEqual(world.hubStore.head(DAY));
    expect(display.stateHash()).toBe(world.hub().stateHash());
  });

  it('D1, M4: a device that ends just when it has entered a day, and hears nothing more, opens it and gives numbers alone', async () => {
    world = createWorld({ now: at('23:50') });
    await world.until(() => world.device('kiosk-1').syncStatus().mode === 'ORDERED');
    world.crashHub();
    world.crashDevice('kiosk-1');
    const store = world.deviceStore('kiosk-1');
    store.transact(() => store.writeSetting('currentDay', NEXT_DAY));
    world.advance(20 * MINUTE_MS);
    await world.until(() => world.device('kiosk-1').syncStatus().mode === 'ALONE');
    const answer = await world.device('kiosk-1').execute(draw());
    expect(answer).toMatchObject({ ok: true });
    const { info } = world.device('kiosk-1').state();
    expect(info).toMatchObject({ day: NEXT_DAY, status: 'open', config: { id: 'test-office' } });
    world.startHub();
    await world.until(() => world.device('kiosk-1').syncStatus().mode === 'ORDERED');
    expect([...world.hub().state().openVisits.values()]).toHaveLength(1);
  });

  it('N1: numbers begin again with the day', async () => {
    world = createWorld({ now: at('23:00') });
    expect(await execute(draw())).toMatchObject({ value: { number: 'A0001' } });
    world.advance(HOUR_MS + MINUTE_MS);
    await world.settle();
    expect(await execute(draw())).toMatchObject({ value: { number: 'A0001' } });
  });

  it('D1: a hub that was off at midnight closes the old day when it starts', async () => {
    world = createWorld({ now: at('18:00') });
    await execute(draw());
    restartAfter(14 * HOUR_MS);
    expect(types(DAY).slice(-2)).toEqual(['v1.VisitExpired', 'v1.DayClosed']);
    expect(world.hub().state().info).toMatchObject({ day: NEXT_DAY, status: 'open' });
  });

  it('D1: a restart on the same day goes on with it', async () => {
    world = createWorld();
    await execute(draw());
    const before = world.hub().stateHash();
    restartAfter(HOUR_MS);
    expect(world.hub().stateHash()).toBe(before);
    expect(types(DAY).filter((type) => type === 'v1.DayOpened')).toHaveLength(1);
  });

  it.each([
    ['autumn, 25 h', '2026-10-25', 25],
    ['spring, 23 h', '2026-03-29', 23],
  ])('D1: the DST Sunday (%s) is one day', async (_, day, hours) => {
    const midnight = toEpochMs(day as LocalDate, '00:00' as LocalTime, 'Europe/Berlin');
    world = createWorld({ now: midnight });
    world.advance(hours * HOUR_MS - 2_001);
    await world.settle();
    expect(world.hub().state().info.day).toBe(day);
    world.advance(4_001);
    await world.settle();
    expect(world.hub().state().info.day).toBe(addDays(day as LocalDate, 1));
  });

  it('D1: does not start with a clock that is years wrong, and starts when somebody has checked it', () => {
    world = createWorld();
    world.crashHub();
    world.hubPlatform().setWallClock(at('09:00') + 365 * 24 * HOUR_MS);
    expect(() => world.startHub()).toThrow(ClockRefused);
    world.hubPlatform().setWallClock(at('09:00') - 365 * 24 * HOUR_MS);
    expect(() => world.startHub()).toThrow('correct the clock');
    expect(world.hubStore.readSetting('currentDay')).toBe(DAY);
    expect(world.startHub({ acceptClock: true }).state().info.day).toBe(addDays(DAY, -365));
  });

  it('D1: a hub that went on to a later day by a wrong clock opens today again, when somebody has checked the clock', async () => {
    world = createWorld();
    const kiosk = world.device('kiosk-1');
    await world.until(() => kiosk.syncStatus().mode === 'ORDERED');
    const before = await execute(draw());
    world.crashHub();
    world.hubPlatform().setWallClock(at('09:10') + 30 * 24 * HOUR_MS);
    world.startHub();
    const ahead = addDays(DAY, 30);
    expect(world.hub().state().info.day).toBe(ahead);
    await world.until(() => kiosk.state().info.day === ahead && kiosk.syncStatus().mode === 'ORDERED');
    expect(world.hubStore.statistics().has(DAY)).toBe(true);

    world.crashHub();
    world.hubPlatform().setWallClock(at('09:20'));
    expect(() => world.startHub()).toThrow(ClockRefused);
    expect(world.startHub({ acceptClock: true }).state().info).toMatchObject({ day: DAY, status: 'open' });
    expect(types(DAY).slice(-2)).toEqual(['v1.DayClosed', 'v1.DayReopened']);
    // Not whole any more: counted when the day closes.
    expect(world.hubStore.statistics().has(DAY)).toBe(false);
    const after = await execute(draw());
    expect(after).toMatchObject({ ok: true });
    expect(after).not.toEqual(before);
    await world.until(() => kiosk.state().info.day === DAY && kiosk.rows() === world.hub().stats().head.n);
    expect(kiosk.stateHash()).toBe(world.hub().stateHash());
    world.hubPlatform().setWallClock(toEpochMs(NEXT_DAY, '00:01' as LocalTime, 'Europe/Berlin'));
    world.advance(2_001);
    await world.settle();
    expect(world.hub().state().info.day).toBe(NEXT_DAY);
    expect(world.hubStore.statistics().has(DAY)).toBe(true);
  });

  it('D1, M4: a device that opened a day before its hub, whose clock is slow, is served by it, on the hub’s day', async () => {
    world = createWorld({ now: at('23:58') });
    const kiosk = world.device('kiosk-1');
    await world.until(() => kiosk.syncStatus().mode === 'ORDERED');
    world.crashHub();
    world.advance(3 * MINUTE_MS);
    await world.until(() => kiosk.state().info.day === NEXT_DAY, 'a day opened alone');
    const asked = kiosk.execute(draw());
    await world.settle();
    expect(await asked).toMatchObject({ ok: true });
    world.hubPlatform().setWallClock(at('23:55'));
    world.startHub();
    await world.until(() => kiosk.syncStatus().mode === 'ORDERED');
    expect(kiosk.state().info.day).toBe(DAY);
    const served = kiosk.execute(draw());
    await world.settle();
    expect(await served).toMatchObject({ ok: true });
    // What it drew on the day to come is ordered when that begins (D2).
    world.hubPlatform().setWallClock(toEpochMs(NEXT_DAY, '00:01' as LocalTime, 'Europe/Berlin'));
    world.advance(2_001);
    await world.until(() => kiosk.state().info.day === NEXT_DAY && kiosk.syncStatus().mode === 'ORDERED');
    expect(world.hub().state().openVisits.size).toBe(1);
  });

  it('D1: a clock that jumps by a year while the hub runs opens no day, and is logged once', async () => {
    world = createWorld();
    const rows = world.hub().stats().head.n;
    for (const jump of [365, -365]) {
      world.hubPlatform().setWallClock(at('09:00') + jump * 24 * HOUR_MS);
      world.advance(10_000);
      await world.settle();
    }
    expect(world.hub().state().info.day).toBe(DAY);
    expect(world.hub().stats().head.n).toBe(rows);
    expect(world.hubPlatform().logged.filter(({ message }) => message.startsWith('the clock'))).toHaveLength(2);
  });

  it('D2: a late fact of a closed day goes to that day’s log and changes no open day', async () => {
    world = createWorld({ now: at('23:59') });
    world.advance(2 * MINUTE_MS);
    await world.settle();
    const kiosk = createRawDevice(world, 'kiosk-1');
    await kiosk.hello();
    const before = world.hub().stateHash();
    const late = createForger('kiosk-1')('v1.ClaimMade', { command: draw() }, { day: DAY });
    expect(await kiosk.push([late])).toMatchObject({ ok: true });
    expect(types(DAY).at(-1)).toBe('v1.ClaimMade');
    expect([world.hub().stateHash(), world.hub().stats().head.n]).toEqual([before, 2]);
  });

  it('D2: an event that came before its day began is ordered when it begins', async () => {
    world = createWorld({ now: at('23:59') });
    const kiosk = createRawDevice(world, 'kiosk-1');
    await kiosk.hello();
    await kiosk.push([createForger('kiosk-1')('v9.Unknown', {}, { day: NEXT_DAY })]);
    world.advance(2 * MINUTE_MS);
    await world.settle();
    expect(types(NEXT_DAY)).toEqual(['v1.DayOpened', 'v1.ConfigurationPublished', 'v9.Unknown']);
    expect(world.hubStore.unordered(NEXT_DAY)).toEqual([]);
  });
});

describe('configuration of a hub', () => {
  const published = () =>
    types(world.hub().state().info.day).filter((type) => type === 'v1.ConfigurationPublished').length;
  const restartWith = (config: ReturnType<typeof bigLocation>) => {
    world.crashHub();
    return world.startHub({ config });
  };

  it('O2: the same file is not published again; an edited or newer one is', () => {
    world = createWorld();
    restartWith(bigLocation());
    expect(published()).toBe(1);
    restartWith({ ...bigLocation(), counterWord: 'room' });
    expect(published()).toBe(2);
    restartWith(bigLocation(2));
    expect(published()).toBe(3);
    expect(world.hub().state().info.config?.version).toBe(2);
  });

  it('O2: a newer configuration that was published while running outlives the file, restarts and midnights', async () => {
    world = createWorld({ now: at('23:00') });
    const newer = { ...bigLocation(5), counterWord: 'room' as const };
    expect(await execute(command('publishConfiguration', { config: newer }))).toMatchObject({ ok: true });
    restartWith(bigLocation(1));
    expect(world.hub().state().info.config).toMatchObject({ version: 5, counterWord: 'room' });
    expect(world.hubPlatform().logged.some(({ message }) => message.includes('stays in force'))).toBe(true);
    world.advance(2 * HOUR_MS);
    await world.settle();
    expect(world.hub().state().info).toMatchObject({ day: NEXT_DAY, config: { version: 5 } });
  });

  it('openAllDay: opens a location at night', async () => {
    world = createWorld({ now: at('02:00') });
    expect(await execute(draw())).toMatchObject({ ok: true });
    expect(world.hub().state().info.config?.openingHours.weekly.sun).toEqual([{ from: '00:00', to: '24:00' }]);
  });
});
