/** The main job, end to end: a citizen draws a ticket, a clerk calls it, the waiting room sees and hears it. */
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { officeTest } from '../src/e2e-harness/office.ts';
import { readQrCode } from '../src/e2e-harness/read-qr-code.ts';
import { audioCalls, waitForSpeech } from '../src/e2e-harness/record-audio.ts';
import { calledNumbers, currentNumber, drawTicket, signIn, untilMode } from '../src/e2e-harness/steps.ts';

const callNext = (counter: Page) => counter.keyboard.press('F2');

describe('The main job', () => {
  officeTest('a drawn ticket waits at the counter, is called, seen, heard, served and finished', async ({ office }) => {
    const kiosk = await office.open('kiosk');
    const display = await office.open('display', { station: 'display-3' });
    const counter = await office.open('counter', { setUpAs: 'counter-3' });
    await signIn(counter, 'Schalter 3');

    const number = await drawTicket(kiosk, 'Ausweis und Reisepass', 'Personalausweis beantragen', { stay: true });
    expect(number).toBe('A001');
    await kiosk.getByText('Sie sind als Nächstes an der Reihe').waitFor();
    await counter.getByText(number).first().waitFor();

    await callNext(counter);
    await currentNumber(counter, number);
    await display.getByRole('main').getByText('Schalter').first().waitFor();
    await calledNumbers(display, [number]);
    await waitForSpeech(display, 'Nummer A 001, bitte zu Schalter 3');
    expect((await audioCalls(display)).filter((heard) => heard.kind === 'tone').length).toBeGreaterThan(0);

    await counter.keyboard.press('F4');
    await calledNumbers(display, []);
    await display.getByRole('complementary').getByText(number).waitFor();
    await counter.keyboard.press('F8');
    await counter.getByRole('dialog').getByRole('button', { name: 'Abschließen', exact: true }).click();
    await counter.getByText('Niemand aufgerufen').waitFor();
    expect((await audioCalls(display)).filter((heard) => heard.kind === 'speech')).toHaveLength(1);
  });

  officeTest('two counters pressing "next" at the same moment get two visitors', async ({ office }) => {
    const kiosk = await office.open('kiosk');
    const first = await office.open('counter', { setUpAs: 'counter-1' });
    const second = await office.open('counter', { setUpAs: 'counter-2' });
    await signIn(first, 'Schalter 1');
    await signIn(second, 'Schalter 2');
    const numbers = [
      await drawTicket(kiosk, 'Ausweis und Reisepass', 'Personalausweis beantragen'),
      await drawTicket(kiosk, 'Ausweis und Reisepass', 'Personalausweis beantragen'),
    ];
    await first
      .getByText(numbers[1] as string)
      .first()
      .waitFor();
    await second
      .getByText(numbers[1] as string)
      .first()
      .waitFor();
    await Promise.all([callNext(first), callNext(second)]);
    const called = await Promise.all([currentNumber(first), currentNumber(second)]);
    expect(called.toSorted()).toEqual(numbers);
  });

  officeTest('killing the hub loses no ticket and repeats no call', async ({ office }) => {
    const kiosk = await office.open('kiosk');
    const display = await office.open('display', { station: 'display-3' });
    const counter = await office.open('counter', { setUpAs: 'counter-3' });
    await signIn(counter, 'Schalter 3');
    const called = await drawTicket(kiosk, 'Ausweis und Reisepass', 'Personalausweis beantragen');
    const waiting = await drawTicket(kiosk, 'Ausweis und Reisepass', 'Reisepass beantragen');
    await counter.getByText(waiting).first().waitFor();
    await callNext(counter);
    await waitForSpeech(display, 'Nummer A 001');

    await office.killHub();
    await display.getByRole('alert').filter({ hasText: 'nicht aktuell' }).waitFor();
    // In a browser the hub gives the numbers; a desktop kiosk has its own.
    if (office.shell === 'web') await kiosk.getByText('Hier gibt es gerade keine Nummern').waitFor();
    await counter
      .getByText(/Keine Verbindung/)
      .first()
      .waitFor();
    await calledNumbers(display, [called]);

    await office.startHub();
    await display.getByRole('alert').filter({ hasText: 'nicht aktuell' }).waitFor({ state: 'detached' });
    await calledNumbers(display, [called]);
    await currentNumber(counter, called);
    await counter.getByText(waiting).first().waitFor();
    await counter.keyboard.press('F6');
    await counter.getByText('Niemand aufgerufen').waitFor();
    await callNext(counter);
    await currentNumber(counter, waiting);
    await waitForSpeech(display, 'Nummer A 002');
    const spoken = (await audioCalls(display)).filter((heard) => heard.kind === 'speech').map((heard) => heard.text);
    expect(spoken.filter((text) => text.includes('A 001'))).toHaveLength(1);
    await untilMode(office, kiosk, 'ORDERED');
    expect(await drawTicket(kiosk, 'Ausweis und Reisepass', 'Personalausweis beantragen')).toBe('A003');
  });

  officeTest('the citizen follows the ticket on the phone', async ({ office }) => {
    const kiosk = await office.open('kiosk');
    const counter = await office.open('counter', { setUpAs: 'counter-3' });
    await signIn(counter, 'Schalter 3');
    const number = await drawTicket(kiosk, 'Ausweis und Reisepass', 'Personalausweis beantragen', { stay: true });
    const code = new URL(await readQrCode(kiosk.getByRole('img', { name: /QR-Code/ })));
    // A desktop kiosk names the hub as phones reach it: by this machine's name in the network, on the same port.
    expect(code.port).toBe(new URL(office.url).port);
    if (office.shell === 'web') expect(code.origin).toBe(office.url);
    const phone = await office.open('kiosk', {
      path: `${code.pathname}${code.search}`.slice(1),
      viewport: { width: 390, height: 844 },
    });
    await phone.getByText('Sie sind als Nächstes an der Reihe').waitFor();
    await callNext(counter);
    await phone.getByText('Sie sind an der Reihe!').waitFor();
    await phone.getByText('Bitte gehen Sie zu Schalter 3').waitFor();
    expect(await phone.title()).toContain(number);
  });
});
