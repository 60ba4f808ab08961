/** What a clerk may wish for the own session: open a counter, close it, take a break. */
import { refuse } from '../../lib/result.ts';
import { type DeciderTable, decided } from '../decider.ts';
import type { Fact } from '../facts.ts';
import { sessionElsewhere } from './sessions.ts';

export const counterDeciders: DeciderTable<'openCounter' | 'closeCounter' | 'beginBreak' | 'endBreak'> = {
  /**
   * `takeOver` says yes to both questions a clerk can be asked: "somebody is signed in here" (that session ends, a visit
   * in service stays at the counter) and "you are signed in at counter 3" (which closes, unless it has a visit).
   * Opening the own open counter again changes nothing.
   */
  openCounter: ({ commandId, config, day }, { counterId, sessionId, takeOver }) => {
    if (!config?.counters.some((counter) => counter.id === counterId)) return refuse({ type: 'unknownCounter' });
    const counter = day.counter(counterId);
    if (counter.sessionId === sessionId) return decided(null);
    if (counter.sessionId !== null && !takeOver) return refuse({ type: 'counterTaken' });
    const elsewhere = sessionElsewhere(day, sessionId, counterId);
    if (elsewhere !== null && (!takeOver || elsewhere.visitId !== null)) return refuse({ type: 'sessionElsewhere' });
    const opened: Fact = { type: 'v1.CounterOpened', payload: { commandId, counterId, sessionId } };
    if (elsewhere === null) return decided(null, opened);
    return decided(null, { type: 'v1.CounterClosed', payload: { commandId, counterId: elsewhere.id } }, opened);
  },

  closeCounter: ({ commandId, day }, { counterId }) => {
    const counter = day.counter(counterId);
    if (counter.presence === 'closed') return refuse({ type: 'counterNotOpen' });
    if (counter.visitId !== null) return refuse({ type: 'visitInProgress' });
    return decided(null, { type: 'v1.CounterClosed', payload: { commandId, counterId } });
  },

  beginBreak: ({ commandId, day }, { counterId, reason }) => {
    const counter = day.counter(counterId);
    if (counter.presence !== 'open') return refuse({ type: 'counterNotOpen' });
    if (counter.visitId !== null) return refuse({ type: 'visitInProgress' });
    return decided(null, { type: 'v1.BreakBegan', payload: { commandId, counterId, reason } });
  },

  endBreak: ({ commandId, day }, { counterId }) => {
    if (day.counter(counterId).presence !== 'break') return refuse({ type: 'notOnBreak' });
    return decided(null, { type: 'v1.BreakEnded', payload: { commandId, counterId } });
  },
};
