/**
 * The display's sound: one announcement at a time, gong and then speech in each of the given languages. A browser may
 * hold sound back until somebody has touched the page; then announcements are silent and `blocked` says so.
 */
import type { RendererPlatform } from '@aufruf/ui/platform/renderer-platform';
import { GONG_LENGTH_MS, strikeGong } from './gong.ts';
import { type Sentence, speak } from './speech.ts';

/** Between two announcements, so that they are heard as two. */
const PAUSE_MS = 700;

export interface Sound {
  /** Plays the gong, then the sentences. `onEnd` is called once, unless stopped. Returns the way to stop. */
  announce(sentences: readonly Sentence[], onEnd: () => void): () => void;
  isBlocked(): boolean;
  /** To be called from a touch or key press. */
  unblock(): void;
  onBlockedChange(listener: () => void): () => void;
}

export function createSound(schedule: RendererPlatform['schedule']): Sound {
  const audio = new AudioContext();
  return {
    announce(sentences, onEnd) {
      let stopCurrent = () => {};
      let stopped = false;
      const next = (index: number) => {
        if (stopped) return;
        const sentence = sentences[index];
        stopCurrent = sentence ? speak(sentence, schedule, () => next(index + 1)) : schedule(PAUSE_MS, onEnd);
      };
      if (audio.state === 'running') strikeGong(audio);
      stopCurrent = schedule(GONG_LENGTH_MS, () => next(0));
      return () => {
        stopped = true;
        stopCurrent();
      };
    },
    isBlocked: () => audio.state === 'suspended',
    unblock: () => void audio.resume(),
    onBlockedChange(listener) {
      audio.addEventListener('statechange', listener);
      return () => audio.removeEventListener('statechange', listener);
    },
  };
}
