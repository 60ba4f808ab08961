import { describe, expect, it } from 'vitest';
import { at, config, counterId, policy, visit } from '../views/test/fixtures.ts';
import { likelyNext } from './likely-next.ts';
import { peopleAhead } from './people-ahead.ts';

const NOW = at('09:30');
const { counters } = config();
const [idCards, pickups] = counters;
const names = (visits: ReturnType<typeof likelyNext>) => visits.map(({ number }) => number?.value);

describe('Likely next', () => {
  const six = [1, 2, 3, 4, 5, 6].map((n) => visit(n, { arrivedAt: at('09:00') + n }));

  it('does not hide the number of a free counter behind six that wait for a busy one', () => {
    const pickup = visit(9, { service: 'pickup', arrivedAt: at('09:25') });
    expect(names(likelyNext(NOW, [...six, pickup], [idCards!, pickups!], policy(), 6))).toEqual([1, 9, 2, 3, 4, 5]);
  });

  it('names nobody twice, nobody blocked, nobody without a counter, and no more than the limit', () => {
    const recent = visit(7, { lastCalledAt: at('09:29') });
    const foreign = visit(8, { service: 'permit' });
    expect(names(likelyNext(NOW, [recent, foreign, ...six], [idCards!], policy(), 3))).toEqual([1, 2, 3]);
    expect(names(likelyNext(NOW, [recent, foreign, ...six], [idCards!, idCards!], policy(), 9))).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    expect(likelyNext(NOW, six, [], policy(), 6)).toEqual([]);
  });
});

describe('People ahead', () => {
  const own = visit(5, { arrivedAt: at('09:20') });
  const others = [
    visit(1),
    visit(2),
    visit(3, { state: 'parked' }),
    visit(4, { service: 'permit', appointmentAt: at('09:30') }),
  ];

  it('counts who is called before at the counter where the turn comes first', () => {
    const busy = {
      ...counters[2]!,
      id: counterId('counter-4'),
      primaryServiceIds: [...idCards!.primaryServiceIds, ...counters[2]!.primaryServiceIds],
    };
    expect(peopleAhead(NOW, own, [...others, own], [busy], policy())).toBe(3);
    expect(peopleAhead(NOW, own, [...others, own], [busy, idCards!], policy())).toBe(2);
    expect(peopleAhead(NOW, visit(1), [...others, own], [idCards!], policy())).toBe(0);
  });

  it('is unknown where no counter serves the visit', () => {
    expect(peopleAhead(NOW, own, [own], [pickups!], policy())).toBeNull();
    expect(peopleAhead(NOW, own, [own], [], policy())).toBeNull();
  });

  it("a visit reserved for a counter waits for that counter only, and stands in nobody else's way", () => {
    const twin = { ...idCards!, id: counterId('counter-9') };
    const reserved = visit(1, { reservedFor: twin.id });
    expect(peopleAhead(NOW, own, [own, reserved], [idCards!], policy())).toBe(0);
    expect(peopleAhead(NOW, own, [own, reserved], [twin], policy())).toBe(1);
    expect(peopleAhead(NOW, own, [own, reserved], [twin, idCards!], policy())).toBe(0);
    expect(peopleAhead(NOW, reserved, [own, reserved], [idCards!], policy())).toBeNull();
    expect(peopleAhead(NOW, reserved, [own, reserved], [idCards!, twin], policy())).toBe(0);
  });

  it('who comes early for an appointment is told the place it will have, and does not count before a walk-in', () => {
    const early = visit(6, { appointmentAt: at('10:30'), arrivedAt: at('09:25') });
    const dueBefore = visit(7, { appointmentAt: at('09:30'), arrivedAt: at('09:25') });
    const alsoEarly = visit(8, { appointmentAt: at('10:00'), arrivedAt: at('09:25') });
    const all = [early, dueBefore, alsoEarly, own];
    expect(peopleAhead(NOW, early, all, [idCards!], policy())).toBe(2);
    expect(peopleAhead(NOW, own, all, [idCards!], policy())).toBe(1);
  });
});
