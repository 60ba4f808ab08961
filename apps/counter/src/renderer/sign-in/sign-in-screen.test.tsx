import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  button,
  keepPreferences,
  meanwhile,
  prepareJsdom,
  press,
  renderApp,
  renderSignedIn,
} from '../test/render-app.tsx';
import { COUNTER, createTestOffice, OTHER_COUNTER } from '../test/test-office.ts';

beforeEach(prepareJsdom);
afterEach(cleanup);

const dialog = () => within(screen.getByRole('dialog'));

describe('sign-in', () => {
  it('offers the counters by waiting area, each free or occupied, and with which number', () => {
    const office = createTestOffice();
    office.signInElsewhere(OTHER_COUNTER);
    renderApp(office);
    const north = within(screen.getByRole('region', { name: 'North (deutsch)' }));
    expect(north.getByRole('button', { name: 'Schalter 1 frei' })).toBeTruthy();
    expect(north.getByRole('button', { name: 'Schalter 2 besetzt' })).toBeTruthy();
    meanwhile(() => {
      office.draw('pickup' as Parameters<typeof office.draw>[0]);
      office.command('callNext', { counterId: OTHER_COUNTER });
    });
    expect(north.getByRole('button', { name: 'Schalter 2 besetzt mit A001' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Schalter 2.14 frei' })).toBeTruthy();
  });

  it('asks before taking an occupied counter over; "back" takes nothing', async () => {
    const office = createTestOffice();
    office.signInElsewhere(COUNTER);
    renderApp(office);
    press('Schalter 1 besetzt');
    fireEvent.click(dialog().getByRole('button', { name: 'Zurück' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(office.sent).toEqual([]);
    press('Schalter 1 besetzt');
    fireEvent.click(dialog().getByRole('button', { name: 'Übernehmen' }));
    expect(await screen.findByRole('heading', { name: 'Schalter 1' })).toBeTruthy();
  });

  it('who loses a race for a counter is told at once', async () => {
    const office = createTestOffice();
    renderApp(office);
    const release = office.hold();
    press('Schalter 1 frei');
    meanwhile(() => office.signInElsewhere(COUNTER));
    release();
    expect((await screen.findByRole('alert')).textContent).toContain('hat sich gerade jemand anderes angemeldet');
  });

  it('a reload resumes the counter, another window does not', async () => {
    const office = await renderSignedIn();
    cleanup();
    renderApp(office);
    expect(screen.getByRole('heading', { name: 'Schalter 1' })).toBeTruthy();
    cleanup();
    sessionStorage.clear();
    renderApp(office);
    expect(screen.getByRole('heading', { name: 'Wo arbeiten Sie heute?' })).toBeTruthy();
  });

  it('signing out leads back, without a word about being thrown out', async () => {
    await renderSignedIn();
    press('Abmelden');
    await screen.findByRole('heading', { name: 'Wo arbeiten Sie heute?' });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(button('Schalter 1 frei')).toBeTruthy();
  });

  it('a device that stands at a counter offers that one alone', () => {
    renderApp(createTestOffice(), OTHER_COUNTER);
    expect(screen.getAllByRole('button', { name: /^Schalter/ }).map(({ textContent }) => textContent)).toEqual([
      'Schalter 2 frei',
    ]);
  });
});

describe('states in words', () => {
  it('says that it is loading, and then that it is cut off', () => {
    const office = createTestOffice();
    office.setLink('connecting');
    renderApp(office);
    expect(screen.getByText('Einen Augenblick, die Daten werden geladen.')).toBeTruthy();
    meanwhile(() => office.setLink('down'));
    expect(screen.getAllByText(/Keine Verbindung zum Standortserver seit/).length).toBeGreaterThan(0);
  });

  it('says that the location is not set up', () => {
    renderApp(createTestOffice({ configured: false, open: false }));
    expect(screen.getByText('Dieser Standort ist noch nicht eingerichtet.')).toBeTruthy();
  });

  it('says that the day has not begun, and goes on by itself', () => {
    const office = createTestOffice({ open: false });
    renderApp(office);
    expect(screen.getByText('Der Tag hat noch nicht begonnen.')).toBeTruthy();
    meanwhile(office.openDay);
    expect(screen.getByText('Wo arbeiten Sie heute?')).toBeTruthy();
  });
});

describe('language', () => {
  it('speaks English where the clerk chose so, and keeps the choice', () => {
    keepPreferences({ language: 'en' });
    renderApp();
    expect(document.documentElement.lang).toBe('en');
    expect(button('Counter 1 free')).toBeTruthy();
    press('Settings');
    fireEvent.click(dialog().getByRole('radio', { name: 'Deutsch' }));
    expect(screen.getByRole('heading', { name: 'Wo arbeiten Sie heute?' })).toBeTruthy();
    cleanup();
    renderApp();
    expect(document.documentElement.lang).toBe('de');
  });

  it('large text and high contrast are switches, on at once', () => {
    renderApp();
    press('Einstellungen');
    fireEvent.click(dialog().getByRole('switch', { name: 'Große Schrift' }));
    fireEvent.click(dialog().getByRole('switch', { name: 'Starker Kontrast' }));
    expect(document.documentElement.dataset).toMatchObject({ text: 'large', contrast: 'high' });
  });
});
