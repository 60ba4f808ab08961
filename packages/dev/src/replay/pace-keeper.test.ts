import { describe, expect, it } from 'vitest';
import { createCommandMeter, nextSpeed } from './pace-keeper.ts';

const settled = (commandMs: number | null) =>
  Array.from({ length: 50 }).reduce<number>((speed) => nextSpeed(speed, commandMs, 400), 400);

describe('nextSpeed', () => {
  it('keeps the full speed while commands are quick, or while there are none', () => {
    expect(settled(20)).toBe(400);
    expect(settled(50)).toBe(400);
    expect(settled(null)).toBe(400);
  });
  it('settles where a command takes 20 virtual seconds, within limits', () => {
    expect(settled(100)).toBeCloseTo(200);
    expect(settled(60_000)).toBe(40);
  });
  it('changes in steps and comes back', () => {
    expect(nextSpeed(400, 1_000, 400)).toBe(240);
    expect(nextSpeed(100, 10, 400)).toBe(120);
  });
});

describe('createCommandMeter', () => {
  it('counts what ended and what hangs', () => {
    let now = 0;
    const meter = createCommandMeter(() => now);
    const end = meter.begin();
    now = 30;
    end();
    meter.begin();
    now = 50;
    expect(meter.take()).toEqual({ commands: 2, totalMs: 50 });
    now = 60;
    expect(meter.take()).toEqual({ commands: 1, totalMs: 30 });
  });
});
