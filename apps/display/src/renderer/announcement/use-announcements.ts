import {
  type AnnouncerState,
  boardChanged,
  INITIAL_ANNOUNCER,
  playbackEnded,
} from '@aufruf/shared/domain/announcement/announcer';
import type { BoardCall, CallBoard } from '@aufruf/shared/domain/views/view-schemas';
import { commonTexts } from '@aufruf/shared/i18n/common/catalog';
import { displayTexts } from '@aufruf/shared/i18n/display/catalog';
import type { Language } from '@aufruf/shared/i18n/languages';
import type { EpochMs } from '@aufruf/shared/lib/time';
import { useEffect, useReducer, useRef } from 'react';
import type { Sound } from '../audio/sound.ts';
import type { Sentence } from '../audio/speech.ts';

type Input = { readonly calls: readonly BoardCall[]; readonly now: EpochMs } | 'ended';

const reduce = (state: AnnouncerState, input: Input): AnnouncerState =>
  input === 'ended' ? playbackEnded(state) : boardChanged(state, input.calls, input.now);

/**
 * Plays the board's announcements; returns the call being announced, for the eye. `isCurrent`: false while the host
 * catches up; half-way its board shows calls that were answered long ago, and none of them is taken up (X6).
 */
export function useAnnouncements(
  board: CallBoard | undefined,
  isCurrent: boolean,
  sound: Sound,
  now: EpochMs,
): BoardCall | null {
  const [state, dispatch] = useReducer(reduce, INITIAL_ANNOUNCER);
  // The latest values for effects that must run only when the board or the announcement changes.
  const latest = useRef({ board, now });
  latest.current = { board, now };

  useEffect(() => {
    if (board && isCurrent) dispatch({ calls: board.calls, now: latest.current.now });
  }, [board, isCurrent]);

  const playing = state.playing;
  useEffect(() => {
    if (!playing || !latest.current.board) return;
    return sound.announce(sentencesFor(playing, latest.current.board), () => dispatch('ended'));
  }, [playing, sound]);

  return playing;
}

/** In the location's first language, then in the visitor's own if that is another one. The number spoken is the number shown. */
function sentencesFor(call: BoardCall, board: Pick<CallBoard, 'languages' | 'counterWord'>): readonly Sentence[] {
  const languages = new Set<Language>([board.languages[0] ?? 'de', call.language]);
  return [...languages].map((language) => ({
    language,
    text: displayTexts[language].announcement(
      spokenNumber(call.number),
      commonTexts[language].counterName(board.counterWord, call.counterLabel),
    ),
  }));
}

/** `B207` as "B 207", so that voices read a letter and a number. */
const spokenNumber = (number: string): string => `${number.slice(0, 1)} ${number.slice(1)}`;
