/** Which rules SPEC.md states, and which of them the titles of tests quote. */

/** `**J1**`, `**S1, S2**` at the head of a rule, and every id named in the list of what must always hold. */
export function rulesOf(spec: string): ReadonlySet<string> {
  const [stated = ''] = spec.split(/^## (?:Limits|Known gaps)$/m);
  const ids = [...stated.matchAll(/^- \*\*([^*]+)\*\*/gm)].flatMap(([, ids = '']) => ids.split(', '));
  return new Set(ids.filter((id) => RULE_ID.test(id)));
}
const RULE_ID = /^[A-Z]\d+$/;

/** Ids in the titles of `it`, `test`, `describe` and their variants. A range (`X1 to X10`) counts as all of it. */
export function rulesQuoted(source: string): ReadonlySet<string> {
  const titles = [...source.matchAll(TITLE)].map(([, , title = '']) => title);
  return new Set(titles.flatMap(idsIn));
}
const TITLE = /\b(?:it|test|describe)(?:\.\w+)*(?:\([^()]*\)|\(\[[^\]]*\]\))?\(\s*(['"`])((?:(?!\1).)+)\1/g;

function idsIn(title: string): readonly string[] {
  const ranges = [...title.matchAll(/\b([A-Z])(\d+) to \1(\d+)\b/g)].flatMap(([, letter, from, to]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => `${letter}${Number(from) + i}`),
  );
  return [...ranges, ...[...title.matchAll(/\b[A-Z]\d+\b/g)].map(([id]) => id)];
}
