/** M1-M3: who decides, since when, and what waits: on every screen a clerk can have before them. */
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meanwhile, prepareJsdom, press, renderApp, renderSignedIn } from '../test/render-app.tsx';
import { createTestOffice, type TestOffice } from '../test/test-office.ts';

beforeEach(prepareJsdom);
afterEach(cleanup);

const SCREENS: readonly (readonly [name: string, open: () => Promise<TestOffice> | TestOffice])[] = [
  ['before the day has begun', () => renderApp(createTestOffice({ open: false }))],
  ['choosing a counter', () => renderApp()],
  ['at work', () => renderSignedIn()],
  [
    'on a break',
    async () => {
      const office = await renderSignedIn();
      press('Pause');
      press('Beginnen');
      await screen.findByText('Sie haben Pause');
      return office;
    },
  ],
  [
    'as a bar',
    () => {
      window.matchMedia = (query) =>
        ({ matches: true, media: query, addEventListener: () => {}, removeEventListener: () => {} }) as never;
      return renderSignedIn();
    },
  ],
];

describe.each(SCREENS)('%s', (_name, open) => {
  it('M1-M3: says who decides, since when, and what waits', async () => {
    const office = await open();
    /** Before the location is known, times are the machine's. */
    const said = () => screen.getAllByRole('status').map((status) => status.textContent?.replace(/\d\d:\d\d/, 'HH:MM'));
    expect(said()).toContain('Verbunden seit HH:MM');
    meanwhile(() => office.setStatus('RELAY', 1));
    expect(said()).toContain(
      'Standortserver fehlt seit HH:MM, ein anderes Gerät vertritt ihn – 1 Vorgang noch nicht übertragen',
    );
    meanwhile(() => office.setStatus('ALONE', 2));
    expect(said()).toContain('Keine Verbindung zum Standortserver seit HH:MM – 2 Vorgänge noch nicht übertragen');
    meanwhile(() => office.setStatus('CONNECTING', 0));
    expect(said()).toContain('Verbindung wird aufgebaut seit HH:MM');
    meanwhile(() => office.setStatus('ORDERED', 0));
    expect(said()).toContain('Verbunden seit HH:MM');
  });
});
