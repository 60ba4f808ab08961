/**
 * What a field of the configuration must hold, in plain words: "a whole number from 1 to 240". Read from the JSON
 * Schema, so that no limit stands in two places and no message can be out of date.
 */
import type { JsonSchemaNode } from './json-schema.ts';

/** Patterns by what they mean. A test fails when the schema gains a pattern that is not here. */
export const PATTERN_WORDS: Readonly<Record<string, string>> = {
  '^[a-z0-9]+(-[a-z0-9]+)*$': 'an id of lower-case letters, digits and single hyphens, like "id-card"',
  '^[A-HJ-NPR-Z]$': 'one capital letter other than I, O and Q',
  '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$': 'a date like "2026-03-29"',
  '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$': 'a time from "00:00" to "24:00", like "07:30"',
};

/** The node of the schema that describes the value at `path`; null if the schema knows no such field. */
export function schemaAt(schema: JsonSchemaNode, path: readonly PropertyKey[]): JsonSchemaNode | null {
  let node: JsonSchemaNode | undefined = schema;
  for (const step of path) {
    if (typeof step === 'number') node = node?.items;
    else node = Object.hasOwn(node?.properties ?? {}, step) ? node?.properties?.[String(step)] : undefined;
    if (node === undefined) return null;
  }
  return node;
}

/** In words, without the field's name. */
export function expectedWords(node: JsonSchemaNode): string {
  const allowed = allowedValues(node);
  if (allowed !== null) return allowed.length === 1 ? `${allowed[0]}` : `one of ${allowed.join(', ')}`;
  switch (node.type) {
    case 'integer':
      return `a whole number from ${node.minimum} to ${node.maximum}`;
    case 'array':
      return `a list of ${countWords(node.minItems, node.maxItems, 'entry', 'entries')}`;
    case 'object':
      return `an object with ${Object.keys(node.properties ?? {}).join(', ')}`;
    default:
      return textWords(node);
  }
}

function textWords(node: JsonSchemaNode): string {
  const length = countWords(node.minLength, node.maxLength, 'character', 'characters');
  if (node.pattern !== undefined) {
    const words = PATTERN_WORDS[node.pattern] ?? 'a text of a certain form';
    return node.maxLength === undefined ? words : `${words}, of ${length}`;
  }
  if (node.format === 'uri') return `an address like "https://example.org", of ${length}`;
  return `a text of ${length}`;
}

function allowedValues(node: JsonSchemaNode): readonly string[] | null {
  if (node.const !== undefined) return [JSON.stringify(node.const)];
  if (node.enum !== undefined) return node.enum.map((value) => JSON.stringify(value));
  if (node.anyOf !== undefined) return node.anyOf.flatMap((option) => allowedValues(option) ?? expectedWords(option));
  return null;
}

function countWords(least: number | undefined, most: number | undefined, one: string, many: string): string {
  if (least !== undefined && most !== undefined)
    return least === most ? `${least} ${many}` : `${least} to ${most} ${many}`;
  if (least !== undefined) return `at least ${least} ${least === 1 ? one : many}`;
  return most === undefined ? many : `at most ${most} ${most === 1 ? one : many}`;
}
