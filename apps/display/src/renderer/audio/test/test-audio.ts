/** The page's audio, recorded instead of heard: jsdom has neither an AudioContext nor voices. */

export interface TestAudio {
  gongs(): number;
  spoken(): readonly { readonly lang: string; readonly text: string }[];
  finishSpeaking(): void;
  removeVoices(): void;
  /** As a browser does before somebody touched the page. */
  block(): void;
  remove(): void;
}

/** Oscillators one gong starts: three notes, each with its octave. */
const TONES_PER_GONG = 6;

export function installTestAudio(): TestAudio {
  let tones = 0;
  let state: 'running' | 'suspended' = 'running';
  let voices = [{ lang: 'de-DE' }, { lang: 'en-GB' }];
  const spoken: { lang: string; text: string; onend: (() => void) | null }[] = [];

  const parameter = { value: 0, setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
  const node = () => ({
    frequency: parameter,
    gain: parameter,
    connect: <T>(next: T) => next,
    start() {
      tones += 1;
    },
    stop() {},
  });
  const page = globalThis as Record<string, unknown>;
  const before = { AudioContext: page.AudioContext, speechSynthesis: page.speechSynthesis };
  page.AudioContext = function TestAudioContext() {
    const target = new EventTarget();
    Object.defineProperty(target, 'state', { get: () => state });
    return Object.assign(target, {
      currentTime: 0,
      destination: {},
      createOscillator: node,
      createGain: node,
      resume: async () => {
        state = 'running';
        target.dispatchEvent(new Event('statechange'));
      },
    });
  };
  page.SpeechSynthesisUtterance = function TestUtterance(this: object, text: string) {
    Object.assign(this, { text, lang: '', onend: null });
  };
  page.speechSynthesis = {
    getVoices: () => voices,
    speak: (utterance: (typeof spoken)[number]) => spoken.push(utterance),
    cancel() {},
  };

  return {
    gongs: () => tones / TONES_PER_GONG,
    spoken: () => spoken.map(({ lang, text }) => ({ lang, text })),
    finishSpeaking: () => spoken.at(-1)?.onend?.(),
    removeVoices: () => {
      voices = [];
    },
    block: () => {
      state = 'suspended';
    },
    remove: () => Object.assign(page, before),
  };
}
