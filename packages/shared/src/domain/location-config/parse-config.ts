/**
 * Reads a configuration that somebody wrote. Either it is sound in every respect that a computer can check, or every
 * mistake is named with its path and what was expected there, in words that an administrator understands.
 */
import type { z } from 'zod';
import { ok, type Result, refuse } from '../../lib/result.ts';
import { utf8Length } from '../../lib/utf8-length.ts';
import { MAX_EVENT_BYTES } from '../../sync/event.ts';
import { checkReferences } from './check-references.ts';
import type { ConfigProblem } from './config-problem.ts';
import { expectedWords, schemaAt } from './expected-words.ts';
import { type JsonSchemaNode, locationJsonSchema } from './json-schema.ts';
import { type LocationConfig, locationConfigSchema } from './schema.ts';

/** Most problems listed at once: more would only be scrolled past. */
export const MAX_PROBLEMS = 20;

/**
 * Largest configuration in bytes of JSON without white space (canonical JSON has the same length). A configuration is
 * published as one event, and the event needs a little room for itself.
 */
export const MAX_CONFIG_BYTES = MAX_EVENT_BYTES - 4 * 1024;

export interface BadConfig {
  readonly type: 'badConfig';
  /** The first MAX_PROBLEMS, in the file's order as far as it has one. */
  readonly problems: readonly ConfigProblem[];
}

/** References are checked once all shapes are right: before that there is nothing sure to refer to. */
export function parseLocationConfig(json: unknown): Result<LocationConfig, BadConfig> {
  const parsed = locationConfigSchema.safeParse(json);
  const problems = parsed.success
    ? [...checkReferences(parsed.data), ...checkSize(parsed.data)]
    : shapeProblems(parsed.error.issues, json);
  if (!parsed.success || problems.length > 0) {
    return refuse({ type: 'badConfig', problems: problems.slice(0, MAX_PROBLEMS) });
  }
  return ok(parsed.data);
}

function checkSize(config: LocationConfig): ConfigProblem[] {
  const bytes = utf8Length(JSON.stringify(config));
  if (bytes <= MAX_CONFIG_BYTES) return [];
  return [{ path: WHOLE_FILE, expected: `at most ${MAX_CONFIG_BYTES} bytes without white space; it has ${bytes}` }];
}

const WHOLE_FILE = '(whole file)';

function shapeProblems(issues: readonly z.core.$ZodIssue[], json: unknown): ConfigProblem[] {
  const schema = locationJsonSchema();
  return issues.flatMap((issue): ConfigProblem[] => {
    const node = schemaAt(schema, issue.path) ?? schema;
    if (issue.code === 'unrecognized_keys') {
      const known = Object.keys(node.properties ?? {}).join(', ');
      return issue.keys.map((key) => ({
        path: pathToText([...issue.path, key]),
        expected: `no field of this name; here are known: ${known}`,
      }));
    }
    return [{ path: pathToText(issue.path), expected: wordsFor(node, valueAt(json, issue.path)) }];
  });
}

const wordsFor = (node: JsonSchemaNode, value: unknown): string =>
  value === undefined ? `${expectedWords(node)} (missing)` : expectedWords(node);

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/** `['services', 3, 'durationMin']` as `services[3].durationMin`. */
function pathToText(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text === '' ? WHOLE_FILE : text.replace(/^\./, '');
}
