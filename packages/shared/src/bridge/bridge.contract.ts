/**
 * What every bridge must do, whatever carries it: run over the in-memory mount and over real socket.io, and over IPC
 * when there is one. "Bad input" of the issue is proved here: each refusal has a name, and the host was never told.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandId, CounterId, KioskId, VisitId } from '../lib/ids.ts';
import { type Bridge, MAX_COMMAND_BYTES, MAX_SUBSCRIPTIONS } from './bridge.ts';
import { jsonBytes } from './json-size.ts';
import { COMMAND_BURST } from './rate-limit.ts';
import type { Caller } from './roles.ts';
import { createTestHost, type TestHost } from './test/test-host.ts';

export interface OpenedBridge {
  readonly bridge: Bridge;
  /** Sends any message past the typed bridge; answers what the host answers. */
  sendRaw(kind: 'call' | 'subscribe', message: unknown): Promise<unknown>;
}

/** A host with a bridge mounted on it, whose clock for limits stands until a test moves it. */
export interface BridgeBench {
  open(caller: Caller): Promise<OpenedBridge>;
  passTime(ms: number): void;
  close(): Promise<void>;
}

const kiosk: Caller = { role: 'kiosk', kioskId: 'kiosk-1' as KioskId };
const clerk: Caller = { role: 'clerk', counterId: null };
const boundClerk: Caller = { role: 'clerk', counterId: 'counter-1' as CounterId };
const counterId = 'counter-1' as CounterId;

let lastId = 0;
function newId(): CommandId {
  lastId += 1;
  return `command-${String(lastId).padStart(12, '0')}` as CommandId;
}

const refusal = (type: string, detail?: unknown) => ({
  ok: false,
  refusal: expect.objectContaining({ type, ...(detail !== undefined && { detail }) }),
});

export function bridgeContract(name: string, openBench: (host: TestHost) => Promise<BridgeBench>): void {
  describe(`Bridge contract over ${name}`, () => {
    let host: TestHost;
    let bench: BridgeBench;
    beforeEach(async () => {
      host = createTestHost();
      bench = await openBench(host);
    });
    afterEach(() => bench.close());

    describe('commands', () => {
      it('carries a command to the host and its receipt back', async () => {
        const { bridge } = await bench.open(clerk);
        const receipt = { visitId: null, number: 'B207' };
        host.answerWith(() => ({ ok: true, value: receipt }));
        const commandId = newId();
        expect(await bridge.call('callNext', { counterId }, commandId)).toEqual({ ok: true, value: receipt });
        expect(host.executed).toEqual([{ name: 'callNext', commandId, input: { counterId } }]);
      });

      it('hands a refusal of the domain back as it is', async () => {
        const { bridge } = await bench.open(clerk);
        host.answerWith(() => ({ ok: false, refusal: { type: 'nobodyWaiting' } }));
        expect(await bridge.call('callNext', { counterId }, newId())).toEqual(refusal('nobodyWaiting'));
      });

      it('Bad input: malformed input is refused with path and expectation and changes nothing', async () => {
        const { bridge, sendRaw } = await bench.open(kiosk);
        const input = { kioskId: 'kiosk-1', serviceIds: ['id-card', 7], language: 'de', partySize: 1 };
        const answer = await bridge.call('issueTicket', input as never, newId());
        expect(answer).toEqual(
          refusal('malformed', expect.stringMatching(/^input\.serviceIds\[1\]: .*expected string/)),
        );
        expect(await sendRaw('call', { name: 'issueTicket', input: null, commandId: newId() })).toEqual(
          refusal('malformed'),
        );
        expect(host.executed).toEqual([]);
      });

      it.each([
        ['null', null],
        ['a text', 'callNext'],
        ['a list', [1, 2]],
        ['no command id', { name: 'callNext', input: { counterId } }],
        ['a short command id', { name: 'callNext', input: { counterId }, commandId: '1' }],
        ['a name that is no text', { name: { toString: 'callNext' }, input: {}, commandId: 'command-000000000000' }],
        [
          'an extra property',
          { name: 'callNext', input: { counterId }, commandId: 'command-000000000000', role: 'clerk' },
        ],
      ])('Bad input: a message that is malformed (%s) is refused and changes nothing', async (_what, message) => {
        const { sendRaw } = await bench.open(clerk);
        expect(await sendRaw('call', message)).toEqual(refusal('malformed'));
        expect(host.executed).toEqual([]);
      });

      it('Bad input: an oversized message is refused; one at the edge of MAX_COMMAND_BYTES is read', async () => {
        const { sendRaw } = await bench.open(clerk);
        const message = { name: 'callNext', input: { counterId, padding: '' }, commandId: newId() };
        const room = MAX_COMMAND_BYTES - (jsonBytes(message) ?? 0);
        const padded = (length: number) => ({ ...message, input: { counterId, padding: 'x'.repeat(length) } });
        expect(await sendRaw('call', padded(room))).toEqual(refusal('malformed'));
        expect(await sendRaw('call', padded(room + 1))).toEqual(refusal('tooLarge'));
        expect(host.executed).toEqual([]);
      });

      it.each(['callTheMayor', 'constructor', '__proto__', ''])(
        'Bad input: the unknown name %j is refused',
        async (unknown) => {
          const { sendRaw } = await bench.open(clerk);
          expect(await sendRaw('call', { name: unknown, input: {}, commandId: newId() })).toEqual(
            refusal('unknownName'),
          );
          expect(host.executed).toEqual([]);
        },
      );

      it('Bad input: a command of another role is refused and changes nothing', async () => {
        const screen = await bench.open(kiosk);
        expect(await screen.bridge.call('callNext', { counterId }, newId())).toEqual(refusal('notAllowed'));
        const desk = await bench.open(clerk);
        const input = { kioskId: 'kiosk-1' as KioskId, serviceIds: ['id-card'], language: 'de', partySize: 1 };
        expect(await desk.bridge.call('issueTicket', input as never, newId())).toEqual(refusal('notAllowed'));
        expect(host.executed).toEqual([]);
      });

      it('X8: a kiosk draws for itself only, a bound clerk acts at the own counter only', async () => {
        const screen = await bench.open(kiosk);
        const foreign = { kioskId: 'kiosk-2' as KioskId, serviceIds: ['id-card'], language: 'de', partySize: 1 };
        expect(await screen.bridge.call('issueTicket', foreign as never, newId())).toEqual(refusal('notAllowed'));
        const desk = await bench.open(boundClerk);
        const other = { counterId: 'counter-2' as CounterId };
        expect(await desk.bridge.call('callNext', other, newId())).toEqual(refusal('notAllowed'));
        expect(host.executed).toEqual([]);
        expect((await desk.bridge.call('callNext', { counterId }, newId())).ok).toBe(true);
      });

      it('in web mode a clerk may choose any counter', async () => {
        const { bridge } = await bench.open(clerk);
        expect((await bridge.call('callNext', { counterId: 'counter-2' as CounterId }, newId())).ok).toBe(true);
      });

      it('Bad input: a flood is refused at the edge of the rate limit, and a second later commands pass again', async () => {
        const { bridge } = await bench.open(clerk);
        const press = () => bridge.call('callNext', { counterId }, newId());
        const answers = await Promise.all(Array.from({ length: COMMAND_BURST }, press));
        expect(answers.every((answer) => answer.ok)).toBe(true);
        expect(await press()).toEqual(refusal('tooMany'));
        expect(host.executed).toHaveLength(COMMAND_BURST);
        bench.passTime(1_000);
        expect((await press()).ok).toBe(true);
      });

      it('a command that breaks the host is answered as unreachable, and the next one is carried out', async () => {
        const { bridge } = await bench.open(clerk);
        host.answerWith(() => {
          throw new Error('planted');
        });
        expect(await bridge.call('callNext', { counterId }, newId())).toEqual(refusal('unreachable'));
        host.answerWith(() => ({ ok: false, refusal: { type: 'nobodyWaiting' } }));
        expect(await bridge.call('callNext', { counterId }, newId())).toEqual(refusal('nobodyWaiting'));
      });
    });

    describe('topics', () => {
      it('gives the current value soon and each new one after, until stopped', async () => {
        const { bridge } = await bench.open(kiosk);
        const seen: number[] = [];
        const stop = bridge.subscribe('syncStatus', {}, (status) => seen.push(status.eventsWaiting));
        await vi.waitFor(() => expect(seen).toEqual([0]));
        host.setEventsWaiting(3);
        await vi.waitFor(() => expect(seen).toEqual([0, 3]));
        stop();
        // A second watcher proves that the change went out: after the stop nothing more came to the first.
        const later: number[] = [];
        bridge.subscribe('syncStatus', {}, (status) => later.push(status.eventsWaiting));
        host.setEventsWaiting(4);
        await vi.waitFor(() => expect(later.at(-1)).toBe(4));
        expect(seen).toEqual([0, 3]);
      });

      it('serves several callers, and several subscriptions of one', async () => {
        const first = await bench.open(kiosk);
        const second = await bench.open(clerk);
        const latest: (number | undefined)[] = [undefined, undefined, undefined];
        first.bridge.subscribe('syncStatus', {}, (status) => (latest[0] = status.eventsWaiting));
        first.bridge.subscribe('syncStatus', {}, (status) => (latest[1] = status.eventsWaiting));
        second.bridge.subscribe('syncStatus', {}, (status) => (latest[2] = status.eventsWaiting));
        await vi.waitFor(() => expect(latest).toEqual([0, 0, 0]));
        host.setEventsWaiting(7);
        await vi.waitFor(() => expect(latest).toEqual([7, 7, 7]));
      });

      it('answers null where the location has no such thing', async () => {
        const { bridge } = await bench.open(kiosk);
        const seen: unknown[] = [];
        bridge.subscribe('ticket', { visitId: 'visit-of-yesterday' as VisitId }, (ticket) => seen.push(ticket));
        await vi.waitFor(() => expect(seen).toEqual([null]));
      });

      it('gives a station its own view', async () => {
        const { bridge } = await bench.open(kiosk);
        const seen: unknown[] = [];
        bridge.subscribe('kioskMenu', { kioskId: 'kiosk-1' as KioskId }, (menu) => seen.push(menu?.kioskId));
        await vi.waitFor(() => expect(seen).toEqual(['kiosk-1']));
      });

      it.each([
        ['malformed', null],
        ['malformed', { subscription: 0, topic: 'syncStatus', params: {} }],
        ['malformed', { subscription: 1, topic: 'syncStatus', params: { extra: 1 } }],
        ['malformed', { subscription: 1, topic: 'kioskMenu', params: {} }],
        ['unknownName', { subscription: 1, topic: 'everything', params: {} }],
        ['unknownName', { subscription: 1, topic: 'constructor', params: {} }],
        ['notAllowed', { subscription: 1, topic: 'counterQueue', params: { counterId } }],
        ['notAllowed', { subscription: 1, topic: 'kioskMenu', params: { kioskId: 'kiosk-2' } }],
      ])('Bad input: as a kiosk a subscription is refused as %s: %j', async (type, message) => {
        const { sendRaw } = await bench.open(kiosk);
        expect(await sendRaw('subscribe', message)).toEqual(refusal(type));
      });

      it('refuses one subscription too many, and takes it once another one ended', async () => {
        const { bridge, sendRaw } = await bench.open(kiosk);
        const subscribe = (subscription: number) =>
          sendRaw('subscribe', { subscription, topic: 'syncStatus', params: {} });
        // One of them through the bridge, so that there is one to stop.
        let values = 0;
        const stop = bridge.subscribe('syncStatus', {}, () => {
          values += 1;
        });
        await vi.waitFor(() => expect(values).toBe(1));
        for (let index = 1; index < MAX_SUBSCRIPTIONS; index += 1) {
          expect(await subscribe(1_000 + index)).toEqual({ ok: true, value: null });
        }
        expect(await subscribe(2_000)).toEqual(refusal('tooMany', expect.stringContaining(String(MAX_SUBSCRIPTIONS))));
        stop();
        expect(await subscribe(2_000)).toEqual({ ok: true, value: null });
      });

      it('Bad input: a flood of subscriptions is refused, too', async () => {
        const { sendRaw } = await bench.open(kiosk);
        const message = { subscription: 1, topic: 'syncStatus', params: {} };
        const answers = await Promise.all(
          Array.from({ length: COMMAND_BURST + 1 }, () => sendRaw('subscribe', message)),
        );
        expect(answers.slice(0, COMMAND_BURST)).toEqual(Array(COMMAND_BURST).fill({ ok: true, value: null }));
        expect(answers.at(-1)).toEqual(refusal('tooMany'));
      });
    });

    it('says that the link is up', async () => {
      const { bridge } = await bench.open(kiosk);
      expect(bridge.link.get().state).toBe('up');
    });
  });
}
