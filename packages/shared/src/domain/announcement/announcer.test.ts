import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardCall } from '../views/view-schemas.ts';
import {
  type AnnouncerState,
  boardChanged,
  FRESH_MS,
  INITIAL_ANNOUNCER,
  MAX_REMEMBERED_CALLS,
  playbackEnded,
} from './announcer.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

function call(number: string, announcement = 1, announcedAt = NOW): BoardCall {
  return {
    visitId: `visit-${number}-0000000000`,
    callId: `call-${number}-00000000000`,
    number,
    counterLabel: '7',
    areaId: 'hall',
    calledAt: NOW,
    announcement,
    announcedAt,
    language: 'de',
  } as BoardCall;
}

/** Plays everything there is to play and says what was heard. */
function drain(state: AnnouncerState): { heard: string[]; state: AnnouncerState } {
  const heard: string[] = [];
  let current = state;
  while (current.playing) {
    heard.push(`${current.playing.number}#${current.playing.announcement}`);
    current = playbackEnded(current);
  }
  return { heard, state: current };
}

const started = (calls: BoardCall[] = []) => boardChanged(INITIAL_ANNOUNCER, calls, NOW);

describe('Display: announcements', () => {
  it('a display that starts announces nothing old', () => {
    expect(drain(started([call('B201'), call('B202')])).heard).toEqual([]);
  });

  it('X6: a display that has just started announces nothing called before, whenever it hears of it', () => {
    const later = NOW + FRESH_MS - 1;
    expect(drain(boardChanged(started(), [call('B201', 1, NOW - 1)], later)).heard).toEqual([]);
    expect(drain(boardChanged(started(), [call('B201', 1, NOW)], later)).heard).toEqual(['B201#1']);
  });

  it('X6: a clock that is set back after the start silences nothing', () => {
    const anHourBack = NOW - 60 * 60_000;
    expect(drain(boardChanged(started(), [call('B201', 1, anHourBack)], anHourBack)).heard).toEqual(['B201#1']);
  });

  it('announces a new call once, however often the board is sent', () => {
    let state = boardChanged(started(), [call('B201')], NOW);
    state = boardChanged(state, [call('B201')], NOW);
    const first = drain(state);
    expect(first.heard).toEqual(['B201#1']);
    expect(drain(boardChanged(first.state, [call('B201')], NOW)).heard).toEqual([]);
  });

  it('announces a recall again', () => {
    const first = drain(boardChanged(started(), [call('B201')], NOW));
    expect(drain(boardChanged(first.state, [call('B201', 2)], NOW)).heard).toEqual(['B201#2']);
  });

  it('announcements queue up: none lost, none overlapping, in the order they were called', () => {
    const calls = [call('B203', 1, NOW + 2), call('B202', 1, NOW + 1), call('B201', 1, NOW)];
    const state = boardChanged(started(), calls, NOW + 2);
    expect(state.playing?.number).toBe('B201');
    expect(state.queue.map((queued) => queued.number)).toEqual(['B202', 'B203']);
    expect(drain(state).heard).toEqual(['B201#1', 'B202#1', 'B203#1']);
  });

  it('does not announce what was withdrawn or answered while it waited for its turn', () => {
    const both = boardChanged(started(), [call('B201'), call('B202', 1, NOW + 1)], NOW + 1);
    expect(drain(boardChanged(both, [call('B201')], NOW + 2)).heard).toEqual(['B201#1']);
  });

  it('a reconnect announces nothing old, at the edge of what counts as fresh', () => {
    const fresh = call('B201', 1, NOW - FRESH_MS);
    const stale = call('B202', 1, NOW - FRESH_MS - 1);
    const longStarted = boardChanged(INITIAL_ANNOUNCER, [], NOW - 2 * FRESH_MS);
    expect(drain(boardChanged(longStarted, [fresh, stale], NOW)).heard).toEqual(['B201#1']);
  });

  it('announces a ticket again when it is called anew after having left the board', () => {
    const first = drain(boardChanged(started(), [call('B201')], NOW));
    const gone = boardChanged(first.state, [], NOW);
    const again = { ...call('B201', 1, NOW + 400_000), callId: 'another-call-000000000' } as BoardCall;
    expect(drain(boardChanged(gone, [again], NOW + 400_000)).heard).toEqual(['B201#1']);
  });

  it('does not announce again when a call comes back unchanged (an undone "arrived")', () => {
    const first = drain(boardChanged(started(), [call('B201')], NOW));
    const gone = boardChanged(first.state, [], NOW);
    expect(drain(boardChanged(gone, [call('B201')], NOW)).heard).toEqual([]);
  });

  it('forgets the oldest calls beyond what it remembers, and no newer one', () => {
    let state = started();
    for (let index = 0; index <= MAX_REMEMBERED_CALLS; index += 1) {
      state = drain(
        boardChanged(state, [{ ...call('B201'), callId: `call-number-${index}-0000` } as BoardCall], NOW),
      ).state;
    }
    expect(state.takenUp?.size).toBe(MAX_REMEMBERED_CALLS);
    const second = { ...call('B201'), callId: 'call-number-1-0000' } as BoardCall;
    expect(drain(boardChanged(state, [second], NOW)).heard).toEqual([]);
  });

  it('property: whatever boards come and whenever playback ends, nothing is heard twice, and only while it stands', () => {
    const step = fc.oneof(
      fc.record({
        board: fc.uniqueArray(
          fc.record({ ticket: fc.integer({ min: 1, max: 4 }), announcement: fc.integer({ min: 1, max: 3 }) }),
          { selector: (entry) => entry.ticket, maxLength: 4 },
        ),
      }),
      fc.constant('ended' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state = started();
        let shown: BoardCall[] = [];
        const heard: string[] = [];
        for (const next of steps) {
          const before = state.playing;
          if (next === 'ended') {
            state = playbackEnded(state);
          } else {
            shown = next.board.map(({ ticket, announcement }) => call(`B20${ticket}`, announcement));
            state = boardChanged(state, shown, NOW);
            if (before) expect(state.playing).toBe(before);
          }
          if (state.playing && state.playing !== before) {
            heard.push(`${state.playing.number}#${state.playing.announcement}`);
            expect(shown.map((stands) => stands.number)).toContain(state.playing.number);
          }
        }
        expect(new Set(heard).size).toBe(heard.length);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});
