/** Letters a ticket number may begin with: I, O and Q are left out because citizens read them as 1 and 0. */
const PREFIXES = [...'ABCDEFGHJKLMNPRSTUVWXYZ'];

/**
 * One letter for each queue: its own where it may be used and nobody before has it, else the first free one.
 * When all 23 are taken the rest gets null.
 */
export function assignPrefixes(wanted: readonly (string | null)[]): readonly (string | null)[] {
  const free = new Set(PREFIXES);
  const own = wanted.map((letter) => (letter !== null && free.delete(letter) ? letter : null));
  const rest = [...free];
  return own.map((letter) => letter ?? rest.shift() ?? null);
}
