import { CALL_RETRY_MS, CALL_TIMEOUT_MS } from '@aufruf/shared/bridge/bridge';
import type { CommandId, CounterId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test/test-platform.ts';
import { type CallMessage, createPendingCalls } from './pending-calls.ts';

const message: CallMessage = {
  name: 'callNext',
  input: { counterId: 'counter-1' as CounterId },
  commandId: 'command-000000000001' as CommandId,
};
const granted = { ok: true, value: { visitId: null, number: 'B207' } } as const;

function setUp() {
  const platform = createTestPlatform();
  const sent: { readonly message: CallMessage; readonly answer: (answer: unknown) => void }[] = [];
  const calls = createPendingCalls(platform, (sentMessage, answer) => sent.push({ message: sentMessage, answer }));
  return { platform, sent, calls };
}

describe('createPendingCalls', () => {
  it('O6: repeats an unanswered command with the same id every CALL_RETRY_MS', () => {
    const { platform, sent, calls } = setUp();
    void calls.start(message);
    expect(sent).toHaveLength(1);
    platform.advance(CALL_RETRY_MS - 1);
    expect(sent).toHaveLength(1);
    platform.advance(1);
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map((attempt) => attempt.message.commandId))).toEqual(new Set([message.commandId]));
  });

  it('settles once, with the first answer to any of the repetitions, and rests then', async () => {
    const { platform, sent, calls } = setUp();
    const result = calls.start(message);
    platform.advance(CALL_RETRY_MS);
    sent[0]?.answer(granted);
    sent[1]?.answer({ ok: false, refusal: { type: 'nobodyWaiting' } });
    expect(await result).toEqual(granted);
    expect(platform.timersPending()).toBe(0);
  });

  it('is unreachable at CALL_TIMEOUT_MS, not a moment earlier, and an answer after that is ignored', async () => {
    const { platform, sent, calls } = setUp();
    let settled: unknown = null;
    const result = calls.start(message).then((answer) => {
      settled = answer;
    });
    platform.advance(CALL_TIMEOUT_MS - 1);
    await Promise.resolve();
    expect(settled).toBeNull();
    platform.advance(1);
    sent.at(-1)?.answer(granted);
    await result;
    expect(settled).toMatchObject({ ok: false, refusal: { type: 'unreachable' } });
    expect(platform.timersPending()).toBe(0);
  });

  it('sends everything unanswered at once when the link is back', () => {
    const { platform, sent, calls } = setUp();
    void calls.start(message);
    void calls.start({ ...message, commandId: 'command-000000000002' as CommandId });
    platform.advance(100);
    sent.length = 0;
    calls.resendAll();
    expect(sent).toHaveLength(2);
    // The repetition starts over: not one again after the rest of the first pause.
    platform.advance(CALL_RETRY_MS - 1);
    expect(sent).toHaveLength(2);
  });

  it.each([null, 'ok', {}, { ok: true }, { ok: true, value: null }, { ok: false }, { ok: false, refusal: {} }])(
    'Bad input: does not take %j for an answer',
    async (answer) => {
      const { sent, calls } = setUp();
      const result = calls.start(message);
      sent[0]?.answer(answer);
      sent[0]?.answer(granted);
      expect(await result).toEqual(granted);
    },
  );
});
