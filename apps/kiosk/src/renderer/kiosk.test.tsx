import type { VisitId } from '@aufruf/shared/lib/ids';
import { createTestPlatform } from '@aufruf/ui/platform/test/test-platform';
import { BridgeProvider } from '@aufruf/ui/state/bridge-context';
import { createTestBridge } from '@aufruf/ui/state/test/test-bridge';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { App } from './app.tsx';
import { ASK_AFTER_MS, SETTLE_MS, TICKET_MS } from './flow/kiosk-flow.ts';
import { VOID_AGAIN_MS } from './flow/use-unseen-tickets.ts';
import { CLOSED_MENU, KIOSK, menu } from './test/menu.ts';

afterEach(cleanup);

function start(content = menu()) {
  const platform = createTestPlatform();
  const bridge = createTestBridge(platform);
  render(
    <BridgeProvider bridge={bridge} platform={platform}>
      <App station={KIOSK} refused={null} hubOrigin="http://hub.test" />
    </BridgeProvider>,
  );
  act(() => {
    bridge.setLink('up');
    bridge.publish('kioskMenu', content);
  });
  const advance = (ms: number) => act(() => platform.advance(ms));
  advance(SETTLE_MS);
  const press = (name: RegExp) => {
    fireEvent.click(screen.getByRole('button', { name }));
    advance(SETTLE_MS);
  };
  const call = (name: string) => bridge.calls.filter((made) => made.name === name);
  /** Answers the newest call of a name and lets the screen take it in. */
  const answer = async (name: string, result: Parameters<(typeof bridge.calls)[number]['answer']>[0]) => {
    await act(async () => call(name).at(-1)?.answer(result));
  };
  const grant = async (name = 'issueTicket') => {
    const visitId = call(name).at(-1)?.commandId as string as VisitId;
    await answer(name, { ok: true, value: { visitId, number: 'B207' } });
    advance(SETTLE_MS);
    return visitId;
  };
  return { bridge, press, advance, call, answer, grant };
}

const unreachable = { ok: false, refusal: { type: 'unreachable' } } as const;

describe('Kiosk', () => {
  it('gives a ticket with two touches and hands it over once it is on the screen', async () => {
    const { press, call, grant } = start();
    press(/Ausweis und Pass/);
    press(/Personalausweis beantragen/);
    expect(call('issueTicket')[0]?.input).toEqual({
      kioskId: KIOSK,
      serviceIds: ['id-card'],
      language: 'de',
      partySize: 1,
    });
    expect(screen.getByText('Ihre Nummer kommt gleich')).toBeTruthy();
    const visitId = await grant();
    expect(screen.getByText('B').parentElement?.textContent).toBe('B207');
    expect(call('confirmHandOver')[0]?.input).toEqual({ kioskId: KIOSK, visitId, means: 'screen' });
  });

  it('One press, one ticket: double and triple touches send one command', async () => {
    const { press, call, grant } = start();
    press(/Ausweis und Pass/);
    const tile = screen.getByRole('button', { name: /Personalausweis beantragen/ });
    for (let touch = 0; touch < 3; touch += 1) fireEvent.click(tile);
    expect(call('issueTicket')).toHaveLength(1);
    await grant();
    expect(call('issueTicket')).toHaveLength(1);
  });

  it('shows the place in the queue, the waiting area and what to have ready', async () => {
    const { bridge, press, grant } = start();
    press(/Ausweis und Pass/);
    press(/Personalausweis beantragen/);
    const visitId = await grant();
    act(() =>
      bridge.publish('ticket', {
        visitId,
        number: 'B207',
        state: 'waiting',
        serviceNames: [],
        areaName: { de: 'Erdgeschoss', en: 'Ground floor' },
        bring: [{ de: 'Ein biometrisches Foto', en: 'A biometric photo' }],
        ahead: 3,
        counterLabel: null,
        counterWord: 'counter',
        appointmentAt: null,
        issuedAt: 1,
        language: 'de',
      }),
    );
    for (const text of ['3 Personen sind vor Ihnen', 'Ihr Wartebereich: Erdgeschoss', 'Ein biometrisches Foto']) {
      expect(screen.getByText(text)).toBeTruthy();
    }
    expect(screen.getByRole('img', { name: /QR-Code/ })).toBeTruthy();
  });

  it('O6: repeats an unanswered draw with the same command id, then sends the citizen on', async () => {
    const { press, call, answer } = start();
    press(/Ausweis und Pass/);
    press(/Personalausweis beantragen/);
    for (let attempt = 0; attempt < 3; attempt += 1) await answer('issueTicket', unreachable);
    expect(call('issueTicket')).toHaveLength(3);
    expect(new Set(call('issueTicket').map((made) => made.commandId)).size).toBe(1);
    expect(screen.getByText('Das hat leider nicht geklappt')).toBeTruthy();
  });

  describe('a number drawn perhaps, and never shown', () => {
    async function drawUnanswered() {
      const kiosk = start();
      kiosk.press(/Ausweis und Pass/);
      kiosk.press(/Personalausweis beantragen/);
      return {
        ...kiosk,
        giveUp: async () => {
          for (let attempt = 0; attempt < 3; attempt += 1) await kiosk.answer('issueTicket', unreachable);
        },
      };
    }

    it('N3: is made void when the hub answers again', async () => {
      const { bridge, call, giveUp } = await drawUnanswered();
      act(() => bridge.setLink('down'));
      await giveUp();
      expect(call('voidTicket')).toHaveLength(0);
      act(() => bridge.setLink('up'));
      expect(call('voidTicket').map((made) => made.input)).toEqual([
        { kioskId: KIOSK, visitId: call('issueTicket')[0]?.commandId },
      ]);
    });

    it('N3: is made void also where only the answers got lost', async () => {
      const { call, giveUp } = await drawUnanswered();
      await giveUp();
      expect(call('voidTicket')).toHaveLength(1);
    });

    it('N3: is made void again and again, by the same command, until that is answered for good', async () => {
      const { bridge, call, giveUp, answer, advance } = await drawUnanswered();
      await giveUp();
      await answer('voidTicket', unreachable);
      advance(VOID_AGAIN_MS - 1);
      expect(call('voidTicket')).toHaveLength(1);
      advance(1);
      expect(call('voidTicket')).toHaveLength(2);
      act(() => bridge.setLink('down'));
      act(() => bridge.setLink('up'));
      await answer('voidTicket', { ok: false, refusal: { type: 'storageFailed' } });
      advance(VOID_AGAIN_MS);
      expect(call('voidTicket')).toHaveLength(4);
      expect(new Set(call('voidTicket').map((made) => made.commandId)).size).toBe(1);
      await answer('voidTicket', { ok: true, value: { visitId: null, number: null } });
      act(() => bridge.setLink('down'));
      act(() => bridge.setLink('up'));
      advance(10 * VOID_AGAIN_MS);
      expect(call('voidTicket')).toHaveLength(4);
    });

    it.each(['unknownVisit', 'alreadyHandedOver', 'notAllowed'] as const)(
      'N3: is left alone where the answer is %s',
      async (type) => {
        const { call, giveUp, answer, advance } = await drawUnanswered();
        await giveUp();
        await answer('voidTicket', { ok: false, refusal: { type } });
        advance(10 * VOID_AGAIN_MS);
        expect(call('voidTicket')).toHaveLength(1);
      },
    );
  });

  it('says a refusal in words and offers the start', async () => {
    const { press, answer } = start();
    press(/Ausweis und Pass/);
    press(/Personalausweis beantragen/);
    await answer('issueTicket', { ok: false, refusal: { type: 'contingentUsedUp' } });
    expect(screen.getByText('Für heute sind alle Nummern vergeben')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Zum Anfang' })).toBeTruthy();
  });

  it('does not let a closed service or group be chosen, and says why', () => {
    const { press, call } = start();
    const closedGroup = screen.getByRole('button', { name: /Aufenthalt/ });
    expect(closedGroup.getAttribute('aria-disabled')).toBe('true');
    press(/Ausweis und Pass/);
    press(/Reisepass beantragen.*alle Nummern vergeben/s);
    expect(call('issueTicket')).toHaveLength(0);
  });

  it('turns pages instead of scrolling, so that every service can be reached', () => {
    const { press } = start();
    press(/Viele Anliegen/);
    expect(screen.queryByText('Anliegen 9')).toBeNull();
    press(/Weitere/);
    expect(screen.getByText('Anliegen 9')).toBeTruthy();
    press(/Vorherige/);
    expect(screen.getByText('Anliegen 1')).toBeTruthy();
  });

  it('speaks the chosen language on every screen and is back to the first one for the next citizen', async () => {
    const { press, grant, advance, call } = start();
    press(/English/);
    expect(document.documentElement.lang).toBe('en');
    press(/Identity card/);
    press(/Apply for an identity card/);
    expect(call('issueTicket')[0]?.input).toMatchObject({ language: 'en' });
    await grant();
    expect(screen.getByText('Your number')).toBeTruthy();
    advance(TICKET_MS);
    expect(screen.getByText('Worum geht es?')).toBeTruthy();
    expect(document.documentElement.lang).toBe('de');
  });

  it('large text, strong contrast and low reach are switched on the root element and forgotten with the citizen', async () => {
    const { press, grant } = start();
    for (const name of [/Große Schrift/, /Starker Kontrast/, /Tiefer anzeigen/]) press(name);
    expect(document.documentElement.dataset).toMatchObject({ text: 'large', contrast: 'high', reach: 'low' });
    press(/Ausweis und Pass/);
    press(/Personalausweis beantragen/);
    await grant();
    press(/Fertig/);
    expect(document.documentElement.dataset).toMatchObject({ text: 'normal', contrast: 'normal', reach: 'normal' });
  });

  it('asks before it starts over, and a touch keeps the place', () => {
    HTMLDialogElement.prototype.showModal = function showModal() {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function close() {
      this.open = false;
    };
    const { press, advance } = start();
    press(/Ausweis und Pass/);
    advance(ASK_AFTER_MS);
    fireEvent.click(screen.getByRole('button', { name: 'Ja, ich brauche mehr Zeit', hidden: true }));
    expect(screen.queryByText('Sind Sie noch da?')).toBeNull();
    expect(screen.getByText('Personalausweis beantragen')).toBeTruthy();
  });

  it('checks in an appointment by its number, by touch and by keys', async () => {
    const { press, call, answer, advance } = start();
    press(/Ich habe einen Termin/);
    for (const digit of ['4', '7']) fireEvent.click(screen.getByRole('button', { name: digit }));
    fireEvent.keyDown(window, { key: '1' });
    fireEvent.keyDown(window, { key: '9' });
    fireEvent.keyDown(window, { key: 'Backspace' });
    fireEvent.keyDown(window, { key: '1' });
    advance(SETTLE_MS);
    press(/Anmelden/);
    expect(call('checkInAppointment')[0]?.input).toEqual({ kioskId: KIOSK, code: '4711' });
    await answer('checkInAppointment', { ok: false, refusal: { type: 'unknownAppointment' } });
    expect(screen.getByText('Diese Termin-Nummer kennen wir heute nicht')).toBeTruthy();
  });

  it('says closed, and when it opens again', () => {
    start(CLOSED_MENU);
    expect(screen.getByText('Wir haben geschlossen')).toBeTruthy();
    expect(screen.getByText('Wir öffnen wieder am Montag, 23. November um 07:00 Uhr.')).toBeTruthy();
  });

  it('opens by itself when the menu does', async () => {
    const { bridge } = start(CLOSED_MENU);
    act(() => bridge.publish('kioskMenu', menu()));
    await waitFor(() => expect(screen.getByText('Worum geht es?')).toBeTruthy());
  });

  it('offers no choice that leads nowhere while the hub is away, and is back by itself', () => {
    const { bridge } = start();
    act(() => bridge.setLink('down'));
    expect(screen.getByText('Hier gibt es gerade keine Nummern')).toBeTruthy();
    act(() => bridge.setLink('up'));
    expect(screen.getByText('Worum geht es?')).toBeTruthy();
  });

  it.each(['ALONE', 'RELAY', 'CONNECTING'] as const)(
    'M3: draws in mode %s as ever, and shows nothing of it',
    async (mode) => {
      const { bridge, press, call, grant } = start();
      act(() => bridge.publish('syncStatus', { mode, since: 1, eventsWaiting: 3, hostAt: 2 }));
      press(/Ausweis und Pass/);
      press(/Personalausweis beantragen/);
      expect(screen.queryByText('Das dauert etwas länger. Bitte warten Sie.')).toBeNull();
      const visitId = await grant();
      expect(screen.getByText('B').parentElement?.textContent).toBe('B207');
      expect(call('confirmHandOver')[0]?.input).toMatchObject({ visitId });
      // The page that a phone would open is the hub's.
      expect(screen.queryByRole('img', { name: /QR-Code/ }) === null).toBe(mode !== 'CONNECTING');
      act(() => bridge.publish('syncStatus', { mode: 'ORDERED', since: 3, eventsWaiting: 0, hostAt: 4 }));
      expect(screen.getByRole('img', { name: /QR-Code/ })).toBeTruthy();
    },
  );

  it('D1: says that there are no numbers only once the kiosk cannot know which day it is', async () => {
    const { press, answer, advance } = start();
    press(/Ausweis und Pass/);
    press(/Personalausweis beantragen/);
    await answer('issueTicket', { ok: false, refusal: { type: 'clockUnsure' } });
    advance(SETTLE_MS);
    expect(screen.getByText('Hier gibt es gerade keine Nummern')).toBeTruthy();
    expect(screen.getByText(/Bitte gehen Sie zum Empfang/)).toBeTruthy();
    press(/Zum Anfang/);
    expect(screen.getByText('Worum geht es?')).toBeTruthy();
  });

  it('N1: a kiosk that has used up its own numbers says so', async () => {
    const { press, answer } = start();
    press(/Ausweis und Pass/);
    press(/Personalausweis beantragen/);
    await answer('issueTicket', { ok: false, refusal: { type: 'numbersExhausted' } });
    expect(screen.getByText('Für heute sind alle Nummern vergeben')).toBeTruthy();
  });

  it('a kiosk the location does not know says so in plain words', () => {
    render(
      <BridgeProvider bridge={createTestBridge(createTestPlatform())} platform={createTestPlatform()}>
        <App station={undefined} refused="unknownName" hubOrigin="http://hub.test" />
      </BridgeProvider>,
    );
    expect(screen.getByText('Dieser Automat ist noch nicht eingerichtet')).toBeTruthy();
  });
});
