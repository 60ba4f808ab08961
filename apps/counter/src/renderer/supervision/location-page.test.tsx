/** M5: the supervisor's page, in every state a machine can be in, and the deliberate act that makes it the hub. */
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { config } from '@aufruf/shared/domain/views/test/fixtures';
import { counterTexts } from '@aufruf/shared/i18n/counter/catalog';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { MachineView } from '@aufruf/shared/takeover/machine';
import { HUB_FAILURES } from '@aufruf/shared/takeover/own-hub-status';
import { NOT_OFFERED } from '@aufruf/shared/takeover/takeover-offer';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { button, key, meanwhile, prepareJsdom, press, renderApp, renderSignedIn } from '../test/render-app.tsx';
import { createTestOffice, type TestOffice } from '../test/test-office.ts';

beforeEach(prepareJsdom);
afterEach(cleanup);

const t = counterTexts.de.location;
const PLACE = { device: 'counter-1' as DeviceId, address: 'http://192.168.7.20:4701' };
const KIOSK = { device: 'kiosk-1' as DeviceId, address: 'http://192.168.7.21:4701' };
const machine: MachineView = {
  device: PLACE.device,
  canHost: true,
  setUpWith: 'http://192.168.7.10:4700',
  servedBy: PLACE.device,
  ownHub: { state: 'none' },
  ownHubSince: 0,
};

function location(sync: Partial<NonNullable<LocationConfig['sync']>> = {}): LocationConfig {
  const known = config();
  const counters = known.counters.map((counter) => ({ ...counter, supervisor: counter.id === 'counter-1' }));
  return { ...known, counters, sync: { relays: [KIOSK, PLACE], ...sync } };
}
const supervised = (view: Partial<MachineView> = {}, sync = {}): TestOffice =>
  createTestOffice({ location: location(sync), machine: { ...machine, ...view } });

/** The page at counter 1, while the hub is as `mode` says. */
function open(office = supervised(), mode: 'ORDERED' | 'RELAY' | 'ALONE' | 'CONNECTING' = 'RELAY'): TestOffice {
  renderApp(office, 'counter-1');
  meanwhile(() => office.setStatus(mode, 2));
  press('Standort');
  return office;
}
const isOffered = () => screen.queryByRole('button', { name: t.begin }) !== null;
const fact = (name: string) => screen.getAllByText(name)[0]?.nextElementSibling?.textContent;

describe('the location page', () => {
  it('is a supervisor\u2019s: at other counters there is no way to it', async () => {
    await renderSignedIn(createTestOffice({ location: location(), machine }));
    expect(screen.getByRole('button', { name: 'Standort' })).not.toBeNull();
    cleanup();
    await renderSignedIn(createTestOffice({ machine }));
    expect(screen.queryByRole('button', { name: 'Standort' })).toBeNull();
    key('o', { ctrlKey: true });
    expect(screen.queryByRole('heading', { name: /^Standort/ })).toBeNull();
    press('Tasten anzeigen');
    expect(screen.queryByText('Strg+O')).toBeNull();
  });

  it('is reached by a key that the help lists, and left by Escape; the work goes on where it was', async () => {
    await renderSignedIn(supervised());
    press('Tasten anzeigen');
    expect(screen.getAllByText('Strg+O').at(-1)?.nextElementSibling?.textContent).toBe('Standort');
    press('Schließen');
    expect(key('o', { ctrlKey: true })).toBe(false);
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: /^Standort/, level: 1 }));
    key('Escape');
    await screen.findByRole('heading', { name: 'Schalter 1' });
  });

  it('M1, M2: says since when which mode holds, what waits, who is the hub, and which relay serves', () => {
    open(supervised({ servedBy: KIOSK.device }));
    expect(fact('Zustand')).toMatch(/^Standortserver fehlt seit \d\d:\d\d, ein anderes Gerät vertritt ihn$/);
    expect(fact('Noch nicht übertragen')).toBe('2 Vorgänge noch nicht übertragen');
    expect(fact('Dieses Gerät')).toBe('Schalter 1 (counter-1)');
    expect(fact('Läuft auf')).toBe('eigener Rechner (hub)');
    expect(fact('Adresse')).toBe('http://192.168.7.10:4700');
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/\(kiosk-1\).*192\.168\.7\.21:4701.*vertritt jetzt$/),
      expect.stringMatching(/\(counter-1\).*Dieses Gerät.*192\.168\.7\.20:4701.*vertritt zurzeit nicht$/),
    ]);
  });

  it('says that there are no relays, and that all is transmitted', () => {
    const office = open(supervised({}, { relays: [] }));
    meanwhile(() => office.setStatus('ORDERED', 0));
    expect(screen.getByText(t.noRelays)).not.toBeNull();
    expect(fact('Noch nicht übertragen')).toBe(t.allSent);
  });

  it('is not shown in the small bar, and is there again in the window', () => {
    window.matchMedia = (query) =>
      ({ matches: true, media: query, addEventListener: () => {}, removeEventListener: () => {} }) as never;
    open();
    expect(screen.queryByRole('heading', { name: /^Standort/ })).toBeNull();
  });
});

describe('making this machine the hub', () => {
  it.each(['RELAY', 'ALONE'] as const)('M5: is offered while the hub is silent: %s', (mode) => {
    open(supervised(), mode);
    expect(isOffered()).toBe(true);
    expect(screen.getByText(t.offered.what)).not.toBeNull();
  });

  it.each([
    ['hubAnswers', supervised, 'ORDERED'],
    ['connecting', supervised, 'CONNECTING'],
    ['otherServes', () => supervised({ servedBy: KIOSK.device }), 'RELAY'],
    ['noRelay', () => supervised({}, { relays: [KIOSK] }), 'RELAY'],
    ['cannotHost', () => supervised({ canHost: false }), 'RELAY'],
    ['isHub', () => supervised({}, { hubDevice: PLACE.device, hub: PLACE.address, relays: [KIOSK] }), 'ORDERED'],
    ['noMachine', () => createTestOffice({ location: location() }), 'ORDERED'],
  ] as const)('M5: is not offered, and the page says why and what to do: %s', (why, office, mode) => {
    open(office(), mode);
    expect(isOffered()).toBe(false);
    expect(screen.getByText(t.refusals[why].what)).not.toBeNull();
    expect(screen.getByText(t.refusals[why].how)).not.toBeNull();
  });

  it('M5: every reason has words of its own', () => {
    expect(new Set(NOT_OFFERED.map((why) => t.refusals[why].what)).size).toBe(NOT_OFFERED.length);
  });

  it('M5: takes a tick, the name in letters, and a press; the focus is on the way back', async () => {
    const office = open();
    press(t.begin);
    const answer = () => button(t.confirm.answer);
    expect(screen.getByRole('dialog').textContent).toContain(PLACE.address);
    expect(screen.getByRole('heading', { name: 'Schalter 1 (counter-1) zum Standortserver machen?' })).not.toBeNull();
    for (const line of t.confirm.first) expect(screen.getByText(line)).not.toBeNull();
    expect(document.activeElement?.textContent).toBe('Zurück');
    const type = (value: string) => fireEvent.change(screen.getByRole('textbox'), { target: { value } });
    press(t.confirm.answer);
    type('counter-1');
    press(t.confirm.answer);
    fireEvent.click(screen.getByRole('checkbox'));
    type('counter-2');
    press(t.confirm.answer);
    expect(office.takenOver).toEqual([]);
    expect(answer().getAttribute('aria-disabled')).toBe('true');
    type(' Counter-1 ');
    press(t.confirm.answer);
    await waitFor(() => expect(office.takenOver).toEqual([PLACE]));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('M5: a refusal is said in the question, which stays', async () => {
    const office = open();
    press(t.begin);
    fireEvent.click(screen.getByRole('checkbox'));
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'counter-1' } });
    office.refuseNext('storageFailed');
    press(t.confirm.answer);
    await screen.findByText(counterTexts.de.refusals.storageFailed.what);
    expect(office.takenOver).toEqual([]);
    press(t.confirm.answer);
    await waitFor(() => expect(office.takenOver).toEqual([PLACE]));
  });

  it('M5: the hub answering closes the question by itself', () => {
    const office = open();
    press(t.begin);
    meanwhile(() => office.setStatus('ORDERED', 0));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText(t.refusals.hubAnswers.what)).not.toBeNull();
  });

  it('M5: says how far it is, until this machine is the hub and since when', () => {
    const office = open();
    for (const state of ['starting', 'refilling'] as const) {
      meanwhile(() => office.setMachine({ ownHub: { state } }));
      expect(screen.getByText(t[state].what)).not.toBeNull();
      expect(isOffered()).toBe(false);
    }
    // Published, and not yet read by this device: not offered a second time.
    meanwhile(() => office.setMachine({ ownHub: { state: 'hub' }, ownHubSince: office.platform.now() }));
    expect(screen.getByText(t.refilling.what)).not.toBeNull();
    meanwhile(() => {
      office.publishLocation({
        ...location({ hubDevice: PLACE.device, hub: PLACE.address, relays: [KIOSK] }),
        version: 2,
      });
      office.setStatus('ORDERED', 0);
    });
    expect(screen.getByText('Dieses Gerät ist der Standortserver. Er läuft hier seit 10:00.')).not.toBeNull();
  });

  it.each(HUB_FAILURES)('M5: says why it failed and what to do, and offers it again: %s', (failure) => {
    const office = open();
    meanwhile(() => office.setMachine({ ownHub: { state: 'failed', failure } }));
    const alert = screen.getByRole('alert').textContent;
    for (const text of [t.failedTitle, t.failed[failure].what, t.failed[failure].how]) expect(alert).toContain(text);
    expect(isOffered()).toBe(true);
  });
});
