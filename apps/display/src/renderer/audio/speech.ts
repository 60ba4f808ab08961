/**
 * Speaks a text with the machine's own voices. Where there is none, or its events never come, the gong and the large
 * number must do: `onEnd` is called in any case, once, at the latest after SPEECH_TIMEOUT_MS.
 */
import { LANGUAGE_FACTS, type Language } from '@aufruf/shared/i18n/languages';
import type { RendererPlatform } from '@aufruf/ui/platform/renderer-platform';

export interface Sentence {
  readonly language: Language;
  readonly text: string;
}

const SPEECH_TIMEOUT_MS = 12_000;
/** A little slower than talk: names and numbers must be caught the first time. */
const RATE = 0.9;

export function speak(
  { text, language }: Sentence,
  schedule: RendererPlatform['schedule'],
  onEnd: () => void,
): () => void {
  const synthesis = globalThis.speechSynthesis;
  const voice = synthesis?.getVoices().find((candidate) => candidate.lang.toLowerCase().startsWith(language));
  if (!synthesis || !voice) {
    return schedule(0, onEnd);
  }
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    stopTimeout();
    onEnd();
  };
  const stopTimeout = schedule(SPEECH_TIMEOUT_MS, () => {
    synthesis.cancel();
    end();
  });
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = LANGUAGE_FACTS[language].locale;
  utterance.rate = RATE;
  utterance.onend = end;
  utterance.onerror = end;
  synthesis.speak(utterance);
  return () => {
    ended = true;
    stopTimeout();
    synthesis.cancel();
  };
}
