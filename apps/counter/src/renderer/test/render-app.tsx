import { BridgeProvider } from '@aufruf/ui/state/bridge-context';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { App } from '../app.tsx';
import type { Preferences } from '../preferences/preferences.ts';
import { createTestOffice, type TestOffice } from './test-office.ts';

/** A fresh device with a German clerk; and what jsdom lacks: media queries (a wide window) and modal dialogs that take and
 * give back the focus. */
export function prepareJsdom(): void {
  sessionStorage.clear();
  localStorage.clear();
  keepPreferences({ language: 'de' });
  window.matchMedia = (query) =>
    ({ matches: false, media: query, addEventListener: () => {}, removeEventListener: () => {} }) as never;
  let before: Element | null = null;
  HTMLDialogElement.prototype.showModal = function () {
    before = document.activeElement;
    this.open = true;
    this.querySelector<HTMLElement>('button, input, select')?.focus();
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
    if (before instanceof HTMLElement) before.focus();
  };
}

/** What the clerk chose on this device before. */
export function keepPreferences(preferences: Partial<Preferences>): void {
  localStorage.setItem('aufruf.counter.preferences', JSON.stringify(preferences));
}

/** The app over an office in memory. */
export function renderApp(office: TestOffice = createTestOffice(), station: string | null = null): TestOffice {
  render(
    <BridgeProvider bridge={office.bridge} platform={office.platform}>
      <App station={station} refused={null} />
    </BridgeProvider>,
  );
  return office;
}

/** The app with a clerk signed in at counter 1. */
export async function renderSignedIn(office: TestOffice = createTestOffice()): Promise<TestOffice> {
  renderApp(office);
  press(/^Schalter 1 /);
  await screen.findByRole('heading', { name: 'Schalter 1' });
  return office;
}

export const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

export function press(name: string | RegExp): void {
  fireEvent.click(button(name));
}

/** A key pressed where the focus is. Returns false if the page kept it from the browser. */
export function key(name: string, more: { ctrlKey?: boolean; repeat?: boolean } = {}): boolean {
  return fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...more });
}

/** Something happens elsewhere. */
export function meanwhile(happens: () => void): void {
  act(happens);
}
