import { describe, expect, it } from 'vitest';
import { createInProcessNetwork, type Delivery, type InProcessNetwork } from './in-process.ts';
import { transportContract } from './transport.contract.ts';
import type { HubConnection } from './transport.ts';

transportContract('in process', async () => {
  const network = createInProcessNetwork();
  const accepted: HubConnection[] = [];
  let links = 0;
  let takeOff = network.listen((connection) => accepted.push(connection));
  return {
    accepted,
    newLink: () => {
      links += 1;
      return network.link(`link-${links}`);
    },
    stopHub: async () => takeOff(),
    startHub: async () => {
      takeOff = network.listen((connection) => accepted.push(connection));
    },
    settle: async () => void network.flush(),
    until: async (condition) => {
      network.flush();
      if (!condition()) throw new Error('the condition does not hold when everything has arrived');
    },
    close: async () => takeOff(),
  };
});

describe('in-process network: faults', () => {
  function connect(network: InProcessNetwork) {
    const got: unknown[] = [];
    const answers: unknown[] = [];
    const hints: unknown[] = [];
    network.listen((connection) => {
      connection.onRequest((_, body, answer) => {
        got.push(body);
        answer(body);
        connection.sendHint('hint', body);
      });
    });
    const link = network.link('a');
    let downs = 0;
    link.start({
      onUp: () => {},
      onDown: () => {
        downs += 1;
      },
      onHint: (_, body) => hints.push(body),
    });
    network.flush();
    return {
      link,
      got,
      answers,
      hints,
      downs: () => downs,
      ask: (body: unknown) => link.request('ask', body, (value) => answers.push(value)),
    };
  }

  it('drops, doubles and delays as planned', () => {
    const network = createInProcessNetwork();
    const { ask, got, answers, hints } = connect(network);
    const plan: Delivery[] = ['drop', 'twice', 'later', 'deliver'];
    network.setFaults(({ kind }) => (kind === 'request' ? (plan.shift() ?? 'deliver') : 'deliver'));
    for (const n of [1, 2, 3, 4]) ask(n);
    network.flush();
    expect(got).toEqual([2, 2, 4, 3]);
    // A request that came twice is answered twice; only the first answer counts.
    expect(answers).toEqual([2, 4, 3]);
    expect(hints).toEqual([2, 2, 4, 3]);
  });

  it('a one-way cut lets the other way through', () => {
    const network = createInProcessNetwork();
    const { ask, got, answers } = connect(network);
    network.setFaults(({ to }) => (to === 'device' ? 'drop' : 'deliver'));
    ask(1);
    network.flush();
    expect([got, answers]).toEqual([[1], []]);
  });

  it('a cut link stays down until healed; what was under way is lost', () => {
    const network = createInProcessNetwork();
    const { ask, link, got, downs } = connect(network);
    ask(1);
    network.cut('a');
    network.flush();
    expect([got, downs(), link.isUp()]).toEqual([[], 1, false]);
    network.heal('a');
    network.flush();
    expect(link.isUp()).toBe(true);
  });

  it('an unplugged device hears nothing, not even of its end, and its name may be used again', () => {
    const network = createInProcessNetwork();
    const { ask, answers, downs } = connect(network);
    ask(1);
    network.unplug('a');
    network.flush();
    expect([answers, downs()]).toEqual([[], 0]);
    const again = network.link('a');
    again.start({ onUp: () => {}, onDown: () => {}, onHint: () => {} });
    network.flush();
    expect(again.isUp()).toBe(true);
  });

  it('two sides that never come to rest are a failure, not a hang', () => {
    const network = createInProcessNetwork();
    const { ask } = connect(network);
    network.setFaults(() => 'later');
    ask(1);
    expect(() => network.flush()).toThrow('does not come to rest');
  });
});
