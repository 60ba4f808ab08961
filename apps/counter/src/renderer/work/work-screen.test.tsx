import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { button, key, meanwhile, prepareJsdom, press, renderSignedIn } from '../test/render-app.tsx';
import { COUNTER, createTestOffice, OTHER_COUNTER, PICKUP } from '../test/test-office.ts';

beforeEach(prepareJsdom);
afterEach(cleanup);

const current = () => within(screen.getByRole('region', { name: 'Aktueller Vorgang' }));
/** A ticket number in the large: letter and digits are set apart. */
const number = (text: string) =>
  current().findByText((_, element) => element?.tagName === 'BDI' && element.textContent === text);
/** The screen has seen the effect of the last step and takes the next. */
const ready = () => waitFor(() => expect(document.querySelector('[aria-busy]')).toBeNull());
const dialog = () => within(screen.getByRole('dialog'));
const names = (office: { sent: readonly { name: string }[] }) => office.sent.map(({ name }) => name);

async function signedIn(tickets = 2) {
  const office = createTestOffice();
  for (let n = 0; n < tickets; n += 1) office.draw();
  await renderSignedIn(office);
  return office;
}

async function called() {
  const office = await signedIn();
  key('F2');
  await number('A001');
  await current().findByText(/Aufgerufen seit/);
  await ready();
  return office;
}

async function serving() {
  const office = await called();
  key('F4');
  await current().findByText(/In Bedienung seit/);
  await ready();
  return office;
}

describe('the usual way', () => {
  it('by mouse: call next, arrived, finish, and the next one', async () => {
    const office = await signedIn();
    press('Nächste Person aufrufen');
    await current().findByText(/Aufgerufen seit 0:00/);
    press('Erschienen');
    await current().findByText(/In Bedienung seit 0:00/);
    press('Abschließen');
    fireEvent.click(dialog().getByRole('button', { name: 'Abschließen' }));
    await current().findByText('Niemand aufgerufen');
    expect(screen.queryByRole('dialog')).toBeNull();
    press('Nächste Person aufrufen');
    await number('A002');
    expect(names(office)).toEqual(['openCounter', 'callNext', 'markArrived', 'finish', 'callNext']);
  });

  it('by keyboard: F2, F4, F8 and Enter, with the focus on the main button all the way', async () => {
    const office = await signedIn();
    const main = button('Nächste Person aufrufen');
    main.focus();
    key('F2');
    await current().findByText(/Aufgerufen seit/);
    await ready();
    key('F4');
    await current().findByText(/In Bedienung seit/);
    await ready();
    key('F8');
    fireEvent.click(dialog().getByRole('button', { name: 'Abschließen' }));
    await current().findByText('Niemand aufgerufen');
    expect(document.activeElement).toBe(main);
    expect(names(office)).toEqual(['openCounter', 'callNext', 'markArrived', 'finish']);
  });

  it('finishes and calls the next one in one go', async () => {
    await serving();
    key('F8');
    fireEvent.click(dialog().getByRole('button', { name: 'Abschließen, dann nächste Person' }));
    await number('A002');
    await current().findByText(/Aufgerufen seit/);
  });

  it('the clock of the call runs', async () => {
    const office = await called();
    meanwhile(() => office.advance(83_000));
    expect(current().getByText(/Aufgerufen seit 1:23/)).toBeTruthy();
  });

  it('recalls, and counts the calls', async () => {
    await called();
    key('F3');
    await current().findByText(/2\. Aufruf/);
    await ready();
    press('Erneut aufrufen');
    await current().findByText(/3\. Aufruf/);
  });

  it('marks a no-show, whose number then rests for five minutes', async () => {
    await called();
    key('F6');
    await current().findByText('Niemand aufgerufen');
    expect(screen.getByText('gerade erst aufgerufen, wieder ab 10:05')).toBeTruthy();
  });

  it('puts a called number back', async () => {
    await called();
    press('Zurück in die Warteschlange');
    await current().findByText('Niemand aufgerufen');
    expect(screen.getByRole('tab', { name: 'Wartend 2' })).toBeTruthy();
  });

  it('parks with a reason and resumes from the list', async () => {
    await serving();
    key('F9');
    fireEvent.click(dialog().getByRole('radio', { name: 'macht ein Foto' }));
    fireEvent.click(dialog().getByRole('button', { name: 'Parken' }));
    await current().findByText('Niemand aufgerufen');
    fireEvent.click(screen.getByRole('tab', { name: 'Geparkt 1' }));
    expect(screen.getByText('macht ein Foto')).toBeTruthy();
    press('A001 fortsetzen');
    await current().findByText(/In Bedienung seit/);
  });

  it('transfers to another service; nothing chosen is not a transfer', async () => {
    const office = await serving();
    key('F10');
    const send = dialog().getByRole('button', { name: 'Weiterleiten' });
    fireEvent.click(send);
    expect(names(office)).not.toContain('transfer');
    fireEvent.change(dialog().getByLabelText('Dienstleistung'), { target: { value: PICKUP } });
    fireEvent.click(send);
    await current().findByText('Niemand aufgerufen');
    expect(screen.getByText('Pickup (deutsch)')).toBeTruthy();
  });

  it('adds another matter, and changes party size and priority', async () => {
    const office = await serving();
    press('Weiteres Anliegen');
    fireEvent.change(dialog().getByLabelText('Dienstleistung'), { target: { value: PICKUP } });
    fireEvent.click(dialog().getByRole('button', { name: 'Hinzufügen' }));
    await current().findByText('+ Pickup (deutsch)');

    press('Personenzahl ändern');
    fireEvent.click(dialog().getByRole('button', { name: 'Eine Person mehr' }));
    fireEvent.click(dialog().getByRole('button', { name: 'Speichern' }));
    await current().findByText('2 Personen');

    press('Vorrang ändern');
    fireEvent.click(dialog().getByRole('radio', { name: 'Vorrang vor allen' }));
    const save = dialog().getByRole('button', { name: 'Speichern' });
    expect(save.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(dialog().getByRole('radio', { name: 'Schwangerschaft' }));
    fireEvent.click(save);
    await current().findByText('Vorrang: Schwangerschaft');
    expect(names(office).slice(-3)).toEqual(['addFollowUp', 'changePartySize', 'changePriority']);
  });

  it('serves a visitor without a ticket', async () => {
    await signedIn(0);
    press('Ohne Wartemarke bedienen');
    fireEvent.change(dialog().getByLabelText('Dienstleistung suchen'), { target: { value: 'ident' } });
    fireEvent.click(dialog().getByRole('checkbox', { name: 'Identity card (deutsch)' }));
    fireEvent.click(dialog().getByRole('button', { name: 'Bedienung beginnen' }));
    await current().findByText(/In Bedienung seit/);
  });

  it('calls a typed number, after showing whom', async () => {
    await signedIn();
    key('/');
    fireEvent.change(dialog().getByLabelText('Wartenummer'), { target: { value: 'a2' } });
    expect(dialog().getByText('A002: Identity card (deutsch)')).toBeTruthy();
    fireEvent.submit(dialog().getByLabelText('Wartenummer'));
    await number('A002');
  });

  it('takes a break, says since when, and ends it', async () => {
    await signedIn();
    press('Pause');
    fireEvent.click(dialog().getByRole('radio', { name: 'Besprechung' }));
    fireEvent.click(dialog().getByRole('button', { name: 'Beginnen' }));
    await current().findByText('Besprechung seit 10:00');
    press('Pause beenden');
    await current().findByText('Niemand aufgerufen');
  });
});

describe('undo', () => {
  it('names the last step and how long it can be taken back, and takes it back', async () => {
    const office = await called();
    expect(button('Rückgängig: Aufruf A001')).toBeTruthy();
    meanwhile(() => office.advance(60_000));
    expect(screen.getByText('noch 4:00')).toBeTruthy();
    key('z', { ctrlKey: true });
    await current().findByText('Niemand aufgerufen');
  });

  it('ends with its time', async () => {
    const office = await called();
    meanwhile(() => office.advance(5 * 60_000 + 1_000));
    expect(button('Nichts rückgängig zu machen').getAttribute('aria-disabled')).toBe('true');
  });
});

describe('one press, one command', () => {
  it('ignores presses and keys while an answer is awaited', async () => {
    const office = await signedIn();
    const release = office.hold();
    key('F2');
    key('F2');
    press('Nächste Person aufrufen');
    expect(button('Nächste Person aufrufen').getAttribute('aria-busy')).toBe('true');
    release();
    await current().findByText(/Aufgerufen seit/);
    expect(names(office).filter((name) => name === 'callNext')).toHaveLength(1);
  });

  it('ignores a held key, and a held Enter on the main button', async () => {
    const office = await signedIn();
    expect(key('F2', { repeat: true })).toBe(false);
    button('Nächste Person aufrufen').focus();
    expect(key('Enter', { repeat: true })).toBe(false);
    expect(names(office)).toEqual(['openCounter']);
  });

  it('does not take the second half of a double click for the step after', async () => {
    const office = await signedIn();
    press('Nächste Person aufrufen');
    await current().findByText(/Aufgerufen seit/);
    await ready();
    fireEvent.click(button('Erschienen'), { detail: 2 });
    expect(names(office)).toEqual(['openCounter', 'callNext']);
  });
});

describe('refusals, said at once and in words', () => {
  it('nobody is waiting', async () => {
    await signedIn(0);
    key('F2');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Im Moment kann niemand aufgerufen werden.');
  });

  it('somebody else was faster: the number is taken', async () => {
    const office = await signedIn(1);
    const release = office.hold();
    press('A001 aufrufen');
    meanwhile(() => {
      office.signInElsewhere('counter-3' as typeof COUNTER);
      office.command('callNext', { counterId: 'counter-3' as typeof COUNTER });
    });
    release();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Jemand anderes hat diesen Vorgang gerade übernommen.');
  });

  it('says why a key does nothing here, without asking the host', async () => {
    const office = await called();
    key('F8');
    expect((await screen.findByRole('alert')).textContent).toContain('Sie bedienen gerade niemanden.');
    key('F2');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('noch ein Vorgang offen'));
    expect(names(office)).toEqual(['openCounter', 'callNext']);
  });

  it('goes away with the next step, or by hand', async () => {
    await signedIn();
    key('F3');
    await screen.findByRole('alert');
    key('F2');
    await number('A001');
    expect(screen.queryByRole('alert')).toBeNull();
    key('F8');
    await screen.findByRole('alert');
    press('Hinweis schließen');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('an unanswered step is tried again under its own id, so that it happens once', async () => {
    const office = await signedIn();
    office.refuseNext('unreachable');
    key('F2');
    expect((await screen.findByRole('alert')).textContent).toContain('Der Standortserver antwortet nicht.');
    press('Noch einmal versuchen');
    await current().findByText(/Aufgerufen seit/);
    const [first, second] = office.sent.slice(1);
    expect(second).toEqual(first);
  });

  it('a refusal inside a question is shown there, and the question stays', async () => {
    const office = await serving();
    key('F9');
    office.refuseNext('storageFailed');
    fireEvent.click(dialog().getByRole('button', { name: 'Parken' }));
    expect((await dialog().findByRole('alert')).textContent).toContain('konnte nicht gespeichert werden');
  });
});

describe('what happens elsewhere', () => {
  it('M3: says that the connection is lost, since when, and what waits', async () => {
    const office = await signedIn();
    expect(screen.getByText(/^Verbunden seit \d\d:\d\d$/)).toBeTruthy();
    meanwhile(() => office.setStatus('ALONE', 2));
    expect(
      screen.getByText('Keine Verbindung zum Standortserver seit 10:00 – 2 Vorgänge noch nicht übertragen'),
    ).toBeTruthy();
    meanwhile(() => office.setStatus('ORDERED', 0));
    expect(screen.getByText('Verbunden seit 10:00')).toBeTruthy();
    meanwhile(() => office.setLink('down'));
    expect(screen.getByText('Keine Verbindung zum Standortserver seit 10:00')).toBeTruthy();
    expect(button('A002 aufrufen')).toBeTruthy();
  });

  it('S3: says that the disk is nearly full, and whom to call, until there is room', async () => {
    const office = await signedIn();
    const words = 'Speicher fast voll: bitte die Systembetreuung rufen';
    expect(screen.queryByText(words)).toBeNull();
    meanwhile(() => office.setStatus('ORDERED', 0, true));
    expect(screen.getByText(words).closest('[role="status"]')).toBeTruthy();
    expect(screen.getByText('Verbunden seit 10:00')).toBeTruthy();
    meanwhile(() => office.setStatus('ORDERED', 0));
    expect(screen.queryByText(words)).toBeNull();
  });

  it('M2: says that another device stands in, since when, and what waits; calling goes on', async () => {
    const office = await signedIn();
    meanwhile(() => office.setStatus('RELAY', 1));
    const words = 'Standortserver fehlt seit 10:00, ein anderes Gerät vertritt ihn – 1 Vorgang noch nicht übertragen';
    expect(screen.getByText(words).closest('[role="status"]')).toBeTruthy();
    key('F2');
    await number('A001');
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('O8: tells whose call another counter’s took precedence over, until the next step', async () => {
    const office = createTestOffice();
    const { visitId } = office.draw();
    office.draw();
    office.signInElsewhere(OTHER_COUNTER);
    await renderSignedIn(office);
    key('F2');
    await number('A001');
    await ready();
    meanwhile(() => office.servedElsewhere(visitId));
    expect(screen.getByRole('alert').textContent).toContain('A001 wird an anderer Stelle bedient');
    await current().findByText('Niemand aufgerufen');
    key('F2');
    await number('A002');
    expect(screen.queryByText('A001 wird an anderer Stelle bedient')).toBeNull();
  });

  it('Counter: notification when somebody waits in an empty queue', async () => {
    const office = await signedIn(0);
    expect(document.title).toBe('Schalter 1 – Aufruf');
    meanwhile(() => void office.draw());
    expect(screen.getByText('A001 ist da')).toBeTruthy();
    expect(document.title).toBe('● A001 ist da – Aufruf');
    key('F2');
    await current().findByText(/Aufgerufen seit/);
    expect(screen.queryByText('A001 ist da')).toBeNull();
    expect(document.title).toBe('A001 · Schalter 1 – Aufruf');
  });

  it('a colleague takes the counter over: told at once, back at the choice', async () => {
    const office = await signedIn();
    meanwhile(() => office.signInElsewhere(COUNTER));
    expect(screen.getByRole('alert').textContent).toContain('Schalter 1 wurde an einem anderen Gerät übernommen.');
    expect(screen.getByRole('heading', { name: 'Wo arbeiten Sie heute?' })).toBeTruthy();
  });

  it('a question about a visit that is gone closes by itself', async () => {
    const office = await serving();
    key('F9');
    expect(screen.getByRole('dialog')).toBeTruthy();
    meanwhile(() => void office.command('undo', { counterId: COUNTER }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('an undo offered elsewhere does not reach this counter', async () => {
    const office = await signedIn();
    meanwhile(() => office.signInElsewhere(OTHER_COUNTER));
    expect(button('Rückgängig: Anmelden')).toBeTruthy();
  });
});
