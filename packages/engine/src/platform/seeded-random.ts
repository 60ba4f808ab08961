/** A stream of random numbers that follows from its seed alone: a failing run can be repeated. Not for secrets. */
export interface SeededRandom {
  /** 0 to 2^32 - 1, evenly. */
  uint32(): number;
}

/**
 * sfc32 ("small fast chaotic", Chris Doty-Humphrey, PractRand): 128 bits of state, period at least 2^32, passes
 * PractRand. Chosen over a 32-bit generator because ids take four numbers each and must not collide between seeds.
 */
export function createRandom(seed: number): SeededRandom {
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const uint32 = () => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  // Neighbouring seeds differ in one bit; the reference mixes twelve rounds before the first number is used.
  for (let round = 0; round < 12; round++) uint32();
  return { uint32 };
}
