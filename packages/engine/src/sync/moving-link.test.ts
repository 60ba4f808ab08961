import { describe, expect, it } from 'vitest';
import type { HubLink } from '../transport/transport.ts';
import { createMovingLink, TRY_ADDRESS_MS } from './moving-link.ts';

function open() {
  const events: string[] = [];
  let named: string | null = null;
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
    open: (address) => linkTo(new URL(address).hostname),
  });
  const name = (address: string | null) => {
    named = address;
  };
  const start = () => link.start({ onUp: () => {}, onDown: () => void events.push('down'), onHint: () => {} });
  const said = () => events.splice(0);
  return { link, name, start, said };
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
});
