import { describe, expect, it } from 'vitest';
import type { HubLink } from '../transport/transport.ts';
import { createMovingLink, TRY_ADDRESS_MS } from './moving-link.ts';

function open() {
  const events: string[] = [];
  let named: string | null = null;
  let hinted: readonly string[] = [];
  let others: readonly string[] = [];
  const listening: boolean[] = [];
  const linkTo = (address: string): HubLink => ({
    start: () => void events.push(`start ${address}`),
    isUp: () => false,
    request: () => {},
    reset: () => {},
    close: () => void events.push(`close ${address}`),
  });
  const link = createMovingLink({
    home: 'http://home:4700',
    homeLink: linkTo('home'),
    named: () => named,
    others: () => others,
    whereabouts: {
      follow: (isSilent) => void listening.push(isSilent),
      hubs: () => hinted,
      close: () => void events.push('deaf'),
    },
    open: (address) => linkTo(new URL(address).hostname),
  });
  const name = (address: string | null) => {
    named = address;
  };
  const hint = (...addresses: readonly string[]) => {
    hinted = addresses;
  };
  const setOthers = (...addresses: readonly string[]) => {
    others = addresses;
  };
  const start = () => link.start({ onUp: () => {}, onDown: () => void events.push('down'), onHint: () => {} });
  const said = () => events.splice(0);
  return { link, name, hint, setOthers, listening, start, said };
}

describe('a link to a hub that moves', () => {
  it('M5: begins at the address the configuration names; without one, at home', () => {
    const first = open();
    first.start();
    expect(first.said()).toEqual(['start home']);
    const second = open();
    second.name('http://new:4701');
    second.start();
    expect(second.said()).toEqual(['close home', 'start new']);
  });

  it('M5: stays where it is served, whatever is named; when it falls silent, what was named meanwhile is tried', () => {
    const { link, name, start, said } = open();
    start();
    said();
    name('http://new:4701');
    link.follow(false, 0);
    expect(said()).toEqual([]);
    link.follow(true, 1_000);
    link.follow(true, 1_000 + TRY_ADDRESS_MS - 1);
    expect(said()).toEqual([]);
    link.follow(true, 1_000 + TRY_ADDRESS_MS);
    expect(said()).toEqual(['close home', 'down', 'start new']);
  });

  it('M5: news is obeyed at once while nobody serves; then both addresses take turns', () => {
    const { link, name, start, said } = open();
    start();
    link.follow(true, 0);
    said();
    name('http://new:4701');
    link.follow(true, 500);
    expect(said()).toEqual(['close home', 'down', 'start new']);
    link.follow(true, 500 + TRY_ADDRESS_MS - 1);
    expect(said()).toEqual([]);
    link.follow(true, 500 + TRY_ADDRESS_MS);
    expect(said()).toEqual(['close new', 'down', 'start home']);
    link.follow(true, 500 + 2 * TRY_ADDRESS_MS);
    expect(said()).toEqual(['close home', 'down', 'start new']);
  });

  it('M5: the same address, written with a slash at the end, is no other', () => {
    const { link, name, start, said } = open();
    name('http://home:4700/');
    start();
    link.follow(true, 0);
    link.follow(true, TRY_ADDRESS_MS);
    expect(said()).toEqual(['start home']);
  });

  it('M5: where the hub is heard is tried after the address of the set-up, and then in turn with it', () => {
    const { link, hint, start, said } = open();
    start();
    hint('http://heard:4700', 'http://heard-too:4700');
    link.follow(true, 0);
    said();
    const turns = [1, 2, 3, 4].map((turn) => {
      link.follow(true, turn * TRY_ADDRESS_MS);
      return said().at(-1);
    });
    expect(turns).toEqual(['start heard', 'start heard-too', 'start home', 'start heard']);
  });

  it('M5: a hint waits until the address of the configuration and that of the set-up were both tried in vain', () => {
    const { link, name, hint, start, said } = open();
    start();
    link.follow(true, 0);
    name('http://named:4700');
    hint('http://heard:4700');
    said();
    const turns = [0, 1, 2, 3].map((turn) => {
      link.follow(true, 1 + turn * TRY_ADDRESS_MS);
      return said().at(-1);
    });
    expect(turns).toEqual(['start named', 'start home', 'start heard', 'start named']);
  });

  it('M5: a hub that answers is left for no hint, and after it the addresses that were named come first again', () => {
    const { link, name, hint, start, said } = open();
    name('http://named:4700');
    hint('http://heard:4700');
    start();
    said();
    link.follow(false, 0);
    link.follow(false, 10 * TRY_ADDRESS_MS);
    expect(said()).toEqual([]);
    const turn = (n: number) => {
      link.follow(true, (20 + n) * TRY_ADDRESS_MS);
      return said().at(-1);
    };
    expect([turn(0), turn(1), turn(2)]).toEqual([undefined, 'start home', 'start heard']);
    link.follow(false, 30 * TRY_ADDRESS_MS);
    link.follow(true, 31 * TRY_ADDRESS_MS);
    link.follow(true, 32 * TRY_ADDRESS_MS);
    expect(said().at(-1)).toBe('start named');
  });

  it('M5: a hub that served at a heard address and falls silent is first looked for where it was named', () => {
    const { link, hint, start, said } = open();
    start();
    hint('http://heard:4700', 'http://heard-too:4700');
    link.follow(true, 0);
    link.follow(true, TRY_ADDRESS_MS);
    expect(said().at(-1)).toBe('start heard');
    link.follow(false, 2 * TRY_ADDRESS_MS);
    const turns = [3, 4, 5, 6].map((turn) => {
      link.follow(true, turn * TRY_ADDRESS_MS);
      return said().at(-1);
    });
    expect(turns).toEqual([undefined, 'start home', 'start heard', 'start heard-too']);
  });

  it('M5: a hub may have its place at a relay’s address by now: one of them has its turn in each round', () => {
    const { link, setOthers, start, said } = open();
    setOthers('http://one:4701', 'http://two:4701', 'http://home:4700');
    start();
    said();
    for (let turn = 0; turn <= 4; turn += 1) link.follow(true, turn * TRY_ADDRESS_MS);
    const started = said().filter((line) => line.startsWith('start'));
    expect(started).toEqual(['start two', 'start home', 'start one', 'start home']);
  });

  it('M5: an address at which somebody says that it is no hub is left at once', () => {
    const { link, setOthers, start, said } = open();
    setOthers('http://one:4701');
    start();
    link.follow(true, 0);
    link.follow(true, TRY_ADDRESS_MS);
    said();
    link.noteAlarm('backlog');
    link.follow(true, TRY_ADDRESS_MS + 1);
    expect(said()).toEqual([]);
    link.noteAlarm('notHub');
    link.follow(true, TRY_ADDRESS_MS + 2);
    expect(said()).toEqual(['close one', 'down', 'start home']);
    link.follow(true, TRY_ADDRESS_MS + 3);
    expect(said()).toEqual([]);
  });

  it('M5: it is listened for while it is silent, and no more once the link is closed', () => {
    const { link, listening, start, said } = open();
    start();
    for (const isSilent of [false, true, false]) link.follow(isSilent, 0);
    expect(listening).toEqual([false, true, false]);
    link.close();
    expect(said()).toContain('deaf');
  });

  it('M5: a hint that is one of the addresses already, or is heard no more, gets no turn of its own', () => {
    const { link, hint, start, said } = open();
    start();
    hint('http://home:4700/', 'http://heard:4700');
    link.follow(true, 0);
    link.follow(true, TRY_ADDRESS_MS);
    expect(said().at(-1)).toBe('start heard');
    hint();
    link.follow(true, 2 * TRY_ADDRESS_MS);
    expect(said().at(-1)).toBe('start home');
    link.follow(true, 3 * TRY_ADDRESS_MS);
    expect(said()).toEqual([]);
  });
});
