import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { button, key, meanwhile, prepareJsdom, press, renderSignedIn } from '../test/render-app.tsx';
import { COUNTER, createTestOffice, type ID_CARD, PICKUP } from '../test/test-office.ts';

beforeEach(prepareJsdom);
afterEach(cleanup);

const rows = () => within(screen.getByRole('tabpanel')).queryAllByRole('listitem');
const words = () => rows().map(({ textContent }) => textContent);
const dialog = () => within(screen.getByRole('dialog'));

async function withTickets(count: number) {
  const office = createTestOffice();
  for (let n = 0; n < count; n += 1) office.draw();
  await renderSignedIn(office);
  return office;
}

/** Called and not there, as often as it takes to be missed. */
function miss(office: Awaited<ReturnType<typeof withTickets>>): void {
  for (let call = 0; call < 3; call += 1) {
    office.advance(6 * 60_000);
    office.command('callNext', { counterId: COUNTER });
    office.command('markNoShow', { counterId: COUNTER });
  }
}

describe('the waiting list', () => {
  it('Calling order: each place with its reason, those "next" passes over at the end with theirs', async () => {
    const office = createTestOffice();
    office.draw();
    office.draw(PICKUP);
    const pregnant = office.draw();
    office.book('1234', 1);
    office.book('5678', 30);
    for (const code of ['1234', '5678']) office.command('checkInAppointment', { kioskId: 'kiosk-1' as never, code });
    await renderSignedIn(office);
    meanwhile(() => {
      const { visitId } = pregnant;
      office.command('changePriority', { counterId: COUNTER, visitId, priority: 1, reason: 'pregnancy' });
    });
    const [first, second, third, fourth, last] = words();
    expect(first).toContain('Vorrang: Schwangerschaft');
    expect(second).toContain('Termin 10:01');
    expect(third).toContain('ohne Termin');
    expect(fourth).toContain('Aushilfe für andere Schalter');
    expect(last).toContain('Termin 10:30, aufrufbar ab 10:28');
  });

  it('shows waiting minutes, which pass by themselves', async () => {
    const office = await withTickets(1);
    expect(words()[0]).toContain('0 Min.');
    meanwhile(() => office.advance(7 * 60_000));
    expect(words()[0]).toContain('7 Min.');
  });

  it('says when nobody waits, and how many wait for others', async () => {
    const office = await withTickets(0);
    expect(screen.getByText('Niemand wartet. Neue Personen erscheinen hier von selbst.')).toBeTruthy();
    meanwhile(() => void office.draw('extension' as typeof ID_CARD));
    expect(screen.getByText('1 weitere Person wartet auf andere.')).toBeTruthy();
  });

  it('cancels a visit with its reason', async () => {
    const office = await withTickets(2);
    press('Mehr zu A001');
    fireEvent.click(dialog().getByRole('button', { name: 'Vorgang streichen' }));
    fireEvent.click(dialog().getByRole('button', { name: 'Vorgang streichen' }));
    await screen.findByRole('tab', { name: 'Wartend 1' });
    expect(office.sent.at(-1)?.name).toBe('cancelVisit');
    expect(button('Rückgängig: Streichen A001')).toBeTruthy();
  });

  it('nobody else can be called while somebody is here', async () => {
    const office = await withTickets(2);
    meanwhile(() => void office.command('callNext', { counterId: COUNTER }));
    fireEvent.click(button('A002 aufrufen'));
    expect(office.sent.map(({ name }) => name)).toEqual(['openCounter']);
  });
});

describe('what is kept aside', () => {
  it('missed visits can be called or put back', async () => {
    const office = await withTickets(1);
    meanwhile(() => miss(office));
    fireEvent.click(screen.getByRole('tab', { name: 'Nicht erschienen 1' }));
    expect(words()[0]).toContain('3-mal vergeblich aufgerufen');
    press('Mehr zu A001');
    fireEvent.click(dialog().getByRole('button', { name: 'Ans Ende der Warteschlange' }));
    await screen.findByRole('tab', { name: 'Wartend 1' });
    expect(screen.getByText('Alle Aufgerufenen sind erschienen.')).toBeTruthy();
  });

  it('appointments that are still to come stand in their own list, and cannot be called', async () => {
    const office = await withTickets(0);
    meanwhile(() => office.book('1234', 60));
    fireEvent.click(screen.getByRole('tab', { name: 'Termine 1' }));
    expect(words()[0]).toContain('Termin 11:00');
    expect(screen.getByText('Die Anmeldung geschieht am Wartemarkenautomaten.')).toBeTruthy();
    expect(within(screen.getByRole('tabpanel')).queryByRole('button', { name: /aufrufen/ })).toBeNull();
  });
});

describe('by keyboard', () => {
  it('one Tab stop for the list; arrow keys lead through rows and buttons', async () => {
    await withTickets(3);
    const stops = () => [...screen.getByRole('tabpanel').querySelectorAll('[tabindex="0"]')];
    expect(stops().map((stop) => stop.getAttribute('aria-label'))).toEqual(['A001 aufrufen', 'Mehr zu A001']);
    button('A001 aufrufen').focus();
    key('ArrowDown');
    expect(document.activeElement).toBe(button('A002 aufrufen'));
    key('ArrowRight');
    expect(document.activeElement).toBe(button('Mehr zu A002'));
    key('End');
    expect(document.activeElement).toBe(button('Mehr zu A003'));
    key('ArrowDown');
    expect(document.activeElement).toBe(button('Mehr zu A003'));
    key('Home');
    expect(document.activeElement).toBe(button('Mehr zu A001'));
  });

  it('the focus stays with its visit when the list moves, and goes to the successor when the visit leaves', async () => {
    const office = await withTickets(3);
    button('A002 aufrufen').focus();
    meanwhile(() => void office.command('callNext', { counterId: COUNTER }));
    expect(document.activeElement).toBe(button('A002 aufrufen'));
    meanwhile(() => void office.command('undo', { counterId: COUNTER }));
    expect(document.activeElement).toBe(button('A002 aufrufen'));
    const second = button('A002 aufrufen').closest('li')?.dataset.visit;
    meanwhile(() => {
      office.command('cancelVisit', { counterId: COUNTER, visitId: second as never, reason: 'left' });
    });
    expect(document.activeElement).toBe(button('A003 aufrufen'));
  });

  it('arrow keys change the tab', async () => {
    await withTickets(1);
    screen.getByRole('tab', { name: 'Wartend 1' }).focus();
    key('ArrowRight');
    expect(screen.getByRole('tab', { name: 'Geparkt 0' }).getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Geparkt 0' }));
    expect(screen.getByText('Nichts geparkt.')).toBeTruthy();
  });
});
