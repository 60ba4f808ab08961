/** What every transport does, whatever it is made of. Run by each implementation's test. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HubConnection, HubLink } from './transport.ts';

export interface TransportRig {
  /** Connections the hub has accepted, oldest first. */
  readonly accepted: readonly HubConnection[];
  newLink(): HubLink;
  /** Takes the hub off the net at once, and puts it back. */
  stopHub(): Promise<void>;
  startHub(): Promise<void>;
  /** Lets messages move until the condition holds. @throws when it never does */
  until(condition: () => boolean): Promise<void>;
  /** Lets everything that is on its way arrive. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Counts what happens to a link. */
function watch(link: HubLink) {
  const seen = { ups: 0, downs: 0, hints: [] as [string, unknown][] };
  link.start({
    onUp: () => {
      seen.ups += 1;
    },
    onDown: () => {
      seen.downs += 1;
    },
    onHint: (name, body) => seen.hints.push([name, body]),
  });
  return seen;
}

export function transportContract(name: string, createRig: () => Promise<TransportRig>): void {
  describe(`transport contract: ${name}`, () => {
    let rig: TransportRig;
    let link: HubLink;
    beforeEach(async () => {
      rig = await createRig();
      link = rig.newLink();
    });
    afterEach(async () => {
      link.close();
      await rig.close();
    });
    const newest = (): HubConnection => {
      const connection = rig.accepted.at(-1);
      if (connection === undefined) throw new Error('nobody has connected');
      return connection;
    };

    it('P2: connects, and says so once', async () => {
      const seen = watch(link);
      expect(link.isUp()).toBe(false);
      await rig.until(() => link.isUp());
      await rig.settle();
      expect([seen.ups, seen.downs, rig.accepted.length]).toEqual([1, 0, 1]);
    });

    it('P1: a request gets its own answer, at once or later, copied', async () => {
      watch(link);
      await rig.until(() => link.isUp());
      const later: (() => void)[] = [];
      newest().onRequest((request, body, answer) => {
        if (request === 'late') later.push(() => answer({ to: body }));
        else answer({ to: body });
      });
      const answers: unknown[] = [];
      const body = { text: 'ä€😀', nested: { list: [1, null] } };
      link.request('late', 1, (value) => answers.push(value));
      link.request('soon', body, (value) => answers.push(value));
      await rig.until(() => answers.length === 1 && later.length === 1);
      for (const tell of later) tell();
      await rig.until(() => answers.length === 2);
      expect(answers).toEqual([{ to: body }, { to: 1 }]);
      expect((answers[0] as { to: unknown }).to).not.toBe(body);
    });

    it('P1: hints arrive in order', async () => {
      const seen = watch(link);
      await rig.until(() => link.isUp());
      for (const n of [1, 2, 3]) newest().sendHint('sync:head', { n });
      await rig.until(() => seen.hints.length === 3);
      expect(seen.hints.map(([hint, body]) => [hint, body])).toEqual([1, 2, 3].map((n) => ['sync:head', { n }]));
    });

    it('P2: what is asked while there is no connection is not kept for later', async () => {
      await rig.stopHub();
      watch(link);
      link.request('early', {}, () => {});
      await rig.startHub();
      await rig.until(() => link.isUp());
      const requests: string[] = [];
      newest().onRequest((request, _, answer) => {
        requests.push(request);
        answer(null);
      });
      let isAnswered = false;
      link.request('now', {}, () => {
        isAnswered = true;
      });
      await rig.until(() => isAnswered);
      expect(requests).toEqual(['now']);
    });

    it('P2: a hub that goes away is noticed, and found again when it is back', async () => {
      const seen = watch(link);
      await rig.until(() => link.isUp());
      await rig.stopHub();
      await rig.until(() => seen.downs === 1);
      expect(link.isUp()).toBe(false);
      await rig.startHub();
      await rig.until(() => seen.ups === 2);
      expect(link.isUp()).toBe(true);
    });

    it('P2: an answer does not outlive its connection', async () => {
      const seen = watch(link);
      await rig.until(() => link.isUp());
      const answers: string[] = [];
      let answerLate = (): void => {};
      newest().onRequest((_, __, answer) => {
        answerLate = () => answer('late');
      });
      link.request('slow', {}, () => answers.push('late'));
      await rig.settle();
      link.reset();
      await rig.until(() => seen.ups === 2);
      answerLate();
      newest().onRequest((_, __, answer) => answer('new'));
      link.request('again', {}, () => answers.push('new'));
      await rig.until(() => answers.length > 0);
      await rig.settle();
      expect(answers).toEqual(['new']);
    });

    it('P3: reset ends the connection on both sides and opens another', async () => {
      const seen = watch(link);
      await rig.until(() => link.isUp());
      let closes = 0;
      newest().onClose(() => {
        closes += 1;
      });
      link.reset();
      expect(link.isUp()).toBe(false);
      await rig.until(() => seen.ups === 2 && closes === 1);
      expect([seen.downs, rig.accepted.length]).toEqual([1, 2]);
    });

    it('P2: a connection the hub ends is opened again; repetition of close does nothing', async () => {
      const seen = watch(link);
      await rig.until(() => link.isUp());
      const connection = newest();
      connection.close();
      connection.close();
      await rig.until(() => seen.ups === 2);
      expect(seen.downs).toBe(1);
      connection.sendHint('sync:head', 'to nobody');
      await rig.settle();
      expect(seen.hints).toEqual([]);
    });

    it('P2: a closed link stays closed', async () => {
      const seen = watch(link);
      await rig.until(() => link.isUp());
      let closes = 0;
      newest().onClose(() => {
        closes += 1;
      });
      link.close();
      await rig.until(() => closes === 1);
      link.reset();
      link.request('anybody', {}, () => {});
      await rig.settle();
      expect([link.isUp(), seen.ups, rig.accepted.length]).toEqual([false, 1, 1]);
    });
  });
}
