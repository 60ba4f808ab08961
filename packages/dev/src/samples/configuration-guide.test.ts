import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonSchemaNode, locationJsonSchema } from '@aufruf/shared/domain/location-config/json-schema';
import { MAX_CONFIG_BYTES } from '@aufruf/shared/domain/location-config/parse-config';
import { describe, expect, it } from 'vitest';
import { root } from '../root.ts';

const guide = readFileSync(join(root, 'docs/operations/configuration.md'), 'utf8');

/** Every node of the schema, with the name of its field. */
function* fields(node: JsonSchemaNode): Generator<[string, JsonSchemaNode]> {
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    yield [name, child];
    yield* fields(child);
  }
  if (node.items !== undefined) yield* fields(node.items);
}
const all = [...fields(locationJsonSchema())];

describe('docs/operations/configuration.md', () => {
  it('names every field of the schema', () => {
    // The languages of a text are explained once, as an example.
    const names = new Set(all.map(([name]) => name).filter((name) => name !== 'de' && name !== 'en'));
    expect([...names].filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every choice', () => {
    const choices = all.flatMap(([, node]) => [...(node.enum ?? []), ...(node.items?.enum ?? [])]);
    expect(choices.filter((choice) => !guide.includes(`\`${choice}\``) && !guide.includes(`"${choice}"`))).toEqual([]);
  });

  it('tells defaults and ranges of the calling policy as the schema has them', () => {
    const policy = locationJsonSchema().properties?.callingPolicy;
    for (const [name, node] of Object.entries(policy?.properties ?? {})) {
      const row = guide.split('\n').find((line) => line.startsWith(`| \`${name}\``));
      expect(row).toContain(`| ${node.default} | ${node.minimum} to ${node.maximum} |`);
    }
  });

  it('tells the size limit', () => {
    expect(guide).toContain(`${MAX_CONFIG_BYTES.toLocaleString('en-US')} bytes`);
  });

  it('its examples are JSON', () => {
    const examples = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => text ?? '');
    expect(examples.length).toBeGreaterThanOrEqual(8);
    for (const text of examples) {
      expect(() => JSON.parse(text.trimStart().startsWith('"') ? `{${text}}` : text), text).not.toThrow();
    }
  });
});
