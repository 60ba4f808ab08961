import type { SetupValue, ShellAnswer, ShellCall } from '@aufruf/shared/bridge/shell-table';
import { refuse } from '@aufruf/shared/lib/result';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Shell } from '../bridge/shell.ts';
import { SetupScreen } from './setup-screen.tsx';

afterEach(cleanup);

const both = (text: string) => ({ de: text, en: text });
const HUB = 'http://10.0.0.5:4700';
const found: SetupValue['search'] = {
  state: 'found',
  hubUrl: HUB,
  location: both('Mitte'),
  stations: [
    { id: 'kiosk-1', name: both('Eingang') },
    { id: 'kiosk-2', name: both('Saal') },
  ],
};

function show(first: Partial<SetupValue> = {}) {
  let value: SetupValue = {
    app: 'kiosk',
    hubUrl: null,
    stationId: null,
    search: { state: 'none' },
    nearby: [],
    ...first,
  };
  let tell = (_value: SetupValue): void => {};
  let answer: ShellAnswer = { ok: true, value: null };
  const calls: ShellCall[] = [];
  const shell: Shell = {
    async call(call) {
      calls.push(call);
      return answer;
    },
    watch(_topic, onValue) {
      tell = onValue as typeof tell;
      tell(value);
      return () => {};
    },
  };
  render(<SetupScreen shell={shell} language="de" />);
  return {
    calls,
    set(part: Partial<SetupValue>) {
      value = { ...value, ...part };
      act(() => tell(value));
    },
    answerWith(next: ShellAnswer) {
      answer = next;
    },
  };
}
const button = (name: string) => screen.getByRole('button', { name });
const address = () => screen.getByLabelText('Adresse des Standortservers') as HTMLInputElement;

describe('SetupScreen', () => {
  it.each([
    ['kiosk', 'Wartemarkenautomat einrichten'],
    ['display', 'Aufrufanzeige einrichten'],
    ['counter', 'Arbeitsplatz einrichten'],
  ] as const)('says what is set up: %s', (app, title) => {
    show({ app });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(title);
  });

  it('asks for the hub by button and by Enter, and for one of the network by a press', () => {
    const { calls } = show({ nearby: [{ hubUrl: HUB, location: both('Mitte') }] });
    fireEvent.change(address(), { target: { value: '10.0.0.5' } });
    fireEvent.click(button('Verbinden'));
    fireEvent.submit(address());
    fireEvent.click(button('Mitte (10.0.0.5:4700)'));
    expect(calls).toEqual([
      { name: 'findHub', address: '10.0.0.5' },
      { name: 'findHub', address: '10.0.0.5' },
      { name: 'findHub', address: HUB },
    ]);
  });

  it.each([
    [{ state: 'asking', hubUrl: HUB }, 'Frage 10.0.0.5:4700'],
    [{ state: 'failing', hubUrl: HUB, reason: 'noAnswer' }, 'Unter 10.0.0.5:4700 antwortet niemand'],
    [{ state: 'failing', hubUrl: HUB, reason: 'noHub' }, 'Unter 10.0.0.5:4700 läuft kein Standortserver'],
    [{ state: 'failing', hubUrl: HUB, reason: 'starting' }, 'startet gerade'],
    [found, 'Verbunden mit Mitte'],
  ] as const)('says how far it is: %j', (search, words) => {
    show({ search });
    expect(screen.getByRole('status').textContent).toContain(words);
  });

  it('starts with the station that is chosen, and with none before one is', async () => {
    const { calls, set } = show();
    set({ search: found });
    fireEvent.click(button('Speichern und starten'));
    fireEvent.change(screen.getByLabelText('Welcher Automat ist das?'), { target: { value: 'kiosk-2' } });
    fireEvent.click(button('Speichern und starten'));
    expect(calls).toEqual([{ name: 'saveSetup', stationId: 'kiosk-2' }]);
  });

  it('shows what holds now, and lets the set-up be left', () => {
    const { calls } = show({ hubUrl: HUB, stationId: 'kiosk-2', search: found });
    expect(address().value).toBe('10.0.0.5:4700');
    expect((screen.getByLabelText('Welcher Automat ist das?') as HTMLSelectElement).value).toBe('kiosk-2');
    fireEvent.click(button('Zurück'));
    fireEvent.click(button('Programm beenden'));
    expect(calls).toEqual([{ name: 'leaveSetup' }, { name: 'quit' }]);
  });

  it('there is no way back before the first set-up', () => {
    show();
    expect(screen.queryByRole('button', { name: 'Zurück' })).toBeNull();
  });

  it('says that a location has no such station', () => {
    show({ search: { ...found, stations: [] } });
    expect(screen.getByText('An diesem Standort ist kein Automat eingetragen.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Speichern und starten' })).toBeNull();
  });

  it.each([
    ['badAddress', 'Das ist keine Adresse'],
    ['notSaved', 'Ist die Festplatte voll?'],
    ['unknownStation', 'gibt es am Standort nicht mehr'],
  ] as const)('Bad input: says what is wrong (%s), until something works', async (type, words) => {
    const { answerWith } = show();
    answerWith(refuse({ type }));
    fireEvent.click(button('Verbinden'));
    expect((await screen.findByRole('alert')).textContent).toContain(words);
    answerWith({ ok: true, value: null });
    await act(async () => void fireEvent.click(button('Verbinden')));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
