/** A display and its voice: the real board and the real announcer, over what its engine knows. */
import {
  type AnnouncerState,
  boardChanged,
  INITIAL_ANNOUNCER,
  playbackEnded,
} from '@aufruf/shared/domain/announcement/announcer';
import { callBoard } from '@aufruf/shared/domain/views/call-board';
import type { CommandId, DisplayId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { World } from '../world.ts';
import type { Station } from './ask.ts';

/** A screen draws again so long after a change. */
const DRAW_MS = 80;
/** How long an announcement takes. */
const VOICE_MS = 3 * SECOND_MS;

export function startDisplay(world: World, station: Station): void {
  const { platform } = station.process;
  let announcer = INITIAL_ANNOUNCER;
  let isDue = false;

  function take(next: AnnouncerState): void {
    const before = announcer.playing;
    announcer = next;
    const { playing } = next;
    if (playing === null || playing === before) return;
    const { visitId, number, announcement } = playing;
    const callId = playing.callId as CommandId;
    world.trace(station.id, () => `announces ${number} to counter ${playing.counterLabel}, ${announcement}`);
    const atMs = world.time.now();
    world.history.announced({ display: station.id, visitId, callId, announcement, number, atMs });
    platform.schedule(VOICE_MS, () => take(playbackEnded(announcer)));
  }

  function draw(): void {
    isDue = false;
    const host = station.host();
    const board = host === null ? null : callBoard(host.state(), station.id as DisplayId, host.now());
    // Half-way through catching up a board shows calls long answered: the display waits for the whole.
    if (host === null || board === null || host.syncStatus().mode === 'CONNECTING') return;
    world.history.board({
      display: station.id,
      calls: board.calls.map(({ callId, visitId, number }) => ({ callId: callId as CommandId, visitId, number })),
      atMs: world.time.now(),
    });
    take(boardChanged(announcer, board.calls, host.now()));
  }

  function changed(): void {
    if (isDue) return;
    isDue = true;
    platform.schedule(DRAW_MS, draw);
  }
  station.host()?.onChange(changed);
  changed();
}
