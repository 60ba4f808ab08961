import type { BoardCall, CallBoard, SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import type { AreaId, CommandId, DisplayId, VisitId } from '@aufruf/shared/lib/ids';
import { createTestPlatform } from '@aufruf/ui/platform/test/test-platform';
import { BridgeProvider } from '@aufruf/ui/state/bridge-context';
import { createTestBridge } from '@aufruf/ui/state/test/test-bridge';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { App } from './app.tsx';
import { installTestAudio, type TestAudio } from './audio/test/test-audio.ts';

const DISPLAY = 'display-1' as DisplayId;
const START = Date.UTC(2026, 10, 23, 9, 5);

let audio: TestAudio;
beforeEach(() => {
  audio = installTestAudio();
});
afterEach(() => {
  cleanup();
  audio.remove();
});

function call(number: string, change: Partial<BoardCall> = {}): BoardCall {
  return {
    visitId: `visit-${number}-000000000` as VisitId,
    callId: `call-${number}-0000000000` as CommandId,
    number,
    counterLabel: '7',
    areaId: 'hall' as AreaId,
    calledAt: START,
    announcement: 1,
    announcedAt: START,
    language: 'de',
    ...change,
  };
}

function board(calls: readonly BoardCall[], change: Partial<CallBoard> = {}): CallBoard {
  return {
    displayId: DISPLAY,
    locationName: { de: 'Kundenzentrum', en: 'Service centre' },
    areaNames: [{ de: 'Halle', en: 'Hall' }],
    languages: ['de', 'en'],
    counterWord: 'desk',
    timeZone: 'Europe/Berlin',
    open: true,
    calls: [...calls],
    earlier: [],
    next: [],
    waiting: 0,
    ...change,
  };
}

function start(first: CallBoard | 'none yet' = board([])) {
  const platform = createTestPlatform(START);
  const bridge = createTestBridge(platform);
  render(
    <BridgeProvider bridge={bridge} platform={platform}>
      <App station={DISPLAY} refused={null} hubOrigin="http://hub.test" />
    </BridgeProvider>,
  );
  const publish = (next: CallBoard | null) => act(() => bridge.publish('callBoard', next));
  const setMode = (mode: SyncStatus['mode']) =>
    act(() => bridge.publish('syncStatus', { mode, since: START, eventsWaiting: 0, hostAt: START }));
  act(() => bridge.setLink('up'));
  setMode('ORDERED');
  if (first !== 'none yet') publish(first);
  return { bridge, publish, setMode, advance: (ms: number) => act(() => platform.advance(ms)) };
}

const shownNumbers = () =>
  [...screen.getByRole('main').querySelectorAll('ol bdi[dir=ltr]')].map((element) => element.textContent);

describe('Display', () => {
  it('shows every call with its counter, and the local time of the location', () => {
    start(board([call('B207'), call('A014', { counterLabel: '12' })]));
    expect(shownNumbers()).toEqual(['B207', 'A014']);
    expect(within(screen.getByRole('main')).getByText('12')).toBeTruthy();
    expect(screen.getByText('10:05')).toBeTruthy();
  });

  it('a call stays until the citizen arrived or the clerk withdrew it', () => {
    const { publish, advance } = start(board([call('B207')]));
    advance(3_600_000);
    expect(shownNumbers()).toEqual(['B207']);
    publish(board([]));
    expect(shownNumbers()).toEqual([]);
    expect(screen.getByText('Im Moment kein Aufruf')).toBeTruthy();
  });

  it('two senses: a new call is struck on the gong, spoken as it is shown, and stands out', () => {
    const { publish, advance } = start();
    publish(board([call('B207')]));
    expect(audio.gongs()).toBe(1);
    advance(2_000);
    expect(audio.spoken()).toEqual([{ lang: 'de-DE', text: 'Nummer B 207, bitte zu Platz 7.' }]);
    expect(screen.getByRole('main').querySelector('[data-announcing]')?.textContent).toContain('B207');
    act(() => audio.finishSpeaking());
    advance(1_000);
    expect(screen.getByRole('main').querySelector('[data-announcing]')).toBeNull();
  });

  it('announcements queue up: none lost, none overlapping', () => {
    const { publish, advance } = start();
    publish(board([call('B208', { announcedAt: START + 1 }), call('B207')]));
    advance(2_000);
    expect(audio.spoken().map(({ text }) => text)).toEqual(['Nummer B 207, bitte zu Platz 7.']);
    act(() => audio.finishSpeaking());
    advance(1_000);
    advance(2_000);
    expect(audio.spoken().map(({ text }) => text)).toEqual([
      'Nummer B 207, bitte zu Platz 7.',
      'Nummer B 208, bitte zu Platz 7.',
    ]);
    expect(audio.gongs()).toBe(2);
  });

  it("speaks the citizen's language as well, after the location's first", () => {
    const { publish, advance } = start();
    publish(board([call('B207', { language: 'en' })]));
    advance(2_000);
    act(() => audio.finishSpeaking());
    expect(audio.spoken().map(({ lang }) => lang)).toEqual(['de-DE', 'en-GB']);
  });

  it('goes on when a voice never says that it has finished', () => {
    const { publish, advance } = start();
    publish(board([call('B207'), call('B208', { announcedAt: START + 1 })]));
    advance(2_000);
    advance(12_000);
    advance(1_000);
    advance(2_000);
    expect(audio.spoken()).toHaveLength(2);
  });

  it('X6: announces no call that a host shows on its way to the present, and each one it ends up with', () => {
    const { publish, setMode, advance } = start();
    setMode('CONNECTING');
    publish(board([call('B207')]));
    advance(2_000);
    expect(audio.gongs()).toBe(0);
    publish(board([call('B208')]));
    setMode('ORDERED');
    for (let i = 0; i < 10; i += 1) advance(2_000);
    expect(audio.gongs()).toBe(1);
  });

  it('gong and large number must do where the machine has no voice', () => {
    audio.removeVoices();
    const { publish, advance } = start();
    publish(board([call('B207')]));
    advance(2_000);
    advance(2_000);
    expect(audio.gongs()).toBe(1);
    expect(audio.spoken()).toEqual([]);
    expect(screen.getByRole('main').querySelector('[data-announcing]')).toBeNull();
  });

  it('a reconnect announces nothing old', () => {
    const { bridge, publish, advance } = start(board([call('B207')]));
    act(() => bridge.setLink('down'));
    advance(60_000);
    act(() => bridge.setLink('up'));
    publish(board([call('B207'), call('B208')]));
    advance(20_000);
    expect(audio.gongs()).toBe(0);
    expect(shownNumbers()).toEqual(['B207', 'B208']);
  });

  it('says when it is cut off, in words a citizen understands, and takes it back by itself', () => {
    const { bridge } = start(board([call('B207')]));
    act(() => bridge.setLink('down'));
    expect(screen.getByRole('alert').textContent).toContain('Diese Anzeige ist gerade nicht aktuell');
    expect(shownNumbers()).toEqual(['B207']);
    act(() => bridge.setLink('up'));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('M3: a display whose engine has lost everybody says so; one that a relay serves does not', () => {
    const { bridge } = start(board([call('B207')]));
    const inMode = (mode: string) =>
      act(() => bridge.publish('syncStatus', { mode, since: 1, eventsWaiting: 0, hostAt: 2 }));
    inMode('ALONE');
    expect(screen.getByRole('alert').textContent).toContain('Diese Anzeige ist gerade nicht aktuell');
    expect(screen.getByRole('alert').textContent).toContain('This screen is not up to date');
    inMode('RELAY');
    expect(screen.queryByRole('alert')).toBeNull();
    inMode('ALONE');
    inMode('ORDERED');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(shownNumbers()).toEqual(['B207']);
  });

  it('M3: cut off without a call, it does not claim that there is none', () => {
    const { bridge } = start(board([]));
    expect(screen.getByText('Im Moment kein Aufruf')).toBeTruthy();
    act(() => bridge.setLink('down'));
    expect(screen.queryByText('Im Moment kein Aufruf')).toBeNull();
    expect(screen.getByRole('alert').textContent).toContain('Diese Anzeige ist gerade nicht aktuell');
    expect(screen.getByRole('alert').textContent).toContain('ask at reception');
    act(() => bridge.setLink('up'));
    expect(screen.getByText('Im Moment kein Aufruf')).toBeTruthy();
  });

  it('offers to turn the sound on where the browser holds it back', () => {
    audio.block();
    const { publish } = start();
    publish(board([call('B207')]));
    expect(audio.gongs()).toBe(0);
    fireEvent.click(screen.getByRole('button', { name: 'Ton einschalten' }));
    expect(screen.queryByRole('button', { name: 'Ton einschalten' })).toBeNull();
  });

  it('says closed, starting and not set up in words', () => {
    const { publish } = start('none yet');
    expect(screen.getByText('Einen Moment bitte')).toBeTruthy();
    publish(board([], { open: false }));
    expect(screen.getByText('Wir haben geschlossen')).toBeTruthy();
    publish(null);
    expect(screen.getByText('Diese Anzeige ist noch nicht eingerichtet')).toBeTruthy();
  });
});
