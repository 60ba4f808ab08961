/**
 * What a page lets people hear, on a machine without loudspeakers and voices. Tones and sounds are noted and then
 * played as usual, into nothing; speech is noted and ends at once, for a headless browser has no voices and would never
 * tell when it is done.
 */
import type { Page } from 'playwright-core';

export interface AudioCall {
  readonly kind: 'tone' | 'sound' | 'speech';
  /** The spoken text; empty for tones and sounds. */
  readonly text: string;
  /** Language of the speech, as `de-DE`; empty for tones and sounds. */
  readonly lang: string;
  /** Milliseconds since the page was opened. */
  readonly startedAt: number;
}

declare global {
  interface Window {
    /** Everything heard so far, oldest first. */
    __audioCalls: AudioCall[];
  }
}

/** How long each speech lasts, so that one can see whether two overlap. */
const SPEECH_MS = 50;

/** Call before the page is opened. */
export async function recordAudio(page: Page): Promise<void> {
  await page.addInitScript(installRecorder, { speechMs: SPEECH_MS });
}

export const audioCalls = (page: Page): Promise<readonly AudioCall[]> => page.evaluate(() => window.__audioCalls);

/** Resolves when something was spoken whose text contains `words`. */
export async function waitForSpeech(page: Page, words: string): Promise<void> {
  await page.waitForFunction(
    (text) => window.__audioCalls.some((call) => call.kind === 'speech' && call.text.includes(text)),
    words,
  );
}

/** Runs in the page, before its scripts; it can use nothing from outside. */
function installRecorder({ speechMs }: { readonly speechMs: number }): void {
  const calls: AudioCall[] = [];
  window.__audioCalls = calls;
  const note = (kind: AudioCall['kind'], text = '', lang = '') =>
    calls.push({ kind, text, lang, startedAt: Math.round(performance.now()) });

  const noteStart = (prototype: AudioScheduledSourceNode, kind: AudioCall['kind']) => {
    const { start } = prototype;
    prototype.start = function (...when: number[]) {
      note(kind);
      start.apply(this, when as [number]);
    };
  };
  noteStart(OscillatorNode.prototype, 'tone');
  noteStart(AudioBufferSourceNode.prototype as AudioScheduledSourceNode, 'sound');

  /** The real one refuses voices that are not the browser's own. */
  class RecordedUtterance extends EventTarget {
    text: string;
    lang = '';
    voice: SpeechSynthesisVoice | null = null;
    volume = 1;
    rate = 1;
    pitch = 1;
    onstart: ((event: Event) => void) | null = null;
    onend: ((event: Event) => void) | null = null;
    onerror: ((event: Event) => void) | null = null;

    constructor(text = '') {
      super();
      this.text = text;
    }
  }
  const tell = (utterance: RecordedUtterance, type: 'start' | 'end' | 'error') => {
    const event = new Event(type);
    utterance[`on${type}`]?.(event);
    utterance.dispatchEvent(event);
  };

  const queue: RecordedUtterance[] = [];
  const voices = ['de-DE', 'en-GB'].map((lang) => ({
    lang,
    name: `Recorder ${lang}`,
    voiceURI: lang,
    localService: true,
    default: lang === 'de-DE',
  }));
  let current: RecordedUtterance | null = null;
  const speakNext = () => {
    const utterance = queue.shift();
    if (!utterance) return;
    current = utterance;
    note('speech', utterance.text, utterance.lang);
    tell(utterance, 'start');
    setTimeout(() => {
      // Cancelled meanwhile: it was told so then.
      if (current !== utterance) return;
      current = null;
      tell(utterance, 'end');
      if (current === null) speakNext();
    }, speechMs);
  };
  const synthesis = Object.assign(new EventTarget(), {
    onvoiceschanged: null,
    paused: false,
    getVoices: () => voices,
    speak(utterance: RecordedUtterance) {
      queue.push(utterance);
      if (current === null) speakNext();
    },
    cancel() {
      const cancelled = queue.splice(0);
      if (current !== null) cancelled.unshift(current);
      current = null;
      for (const utterance of cancelled) tell(utterance, 'error');
    },
    pause() {},
    resume() {},
  });
  Object.defineProperties(synthesis, {
    speaking: { get: () => current !== null },
    pending: { get: () => queue.length > 0 },
  });
  Object.defineProperty(window, 'speechSynthesis', { value: synthesis, configurable: true });
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: RecordedUtterance, configurable: true });
}
