/** The configuration's schema as JSON Schema: for editors that complete and check while one writes. */
import { z } from 'zod';
import { locationConfigSchema } from './schema.ts';

/** A node of JSON Schema, as far as this project uses the language. */
export interface JsonSchemaNode {
  readonly type?: string;
  readonly const?: string | number | boolean | null;
  readonly enum?: readonly (string | number)[];
  readonly anyOf?: readonly JsonSchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: JsonSchemaNode;
  readonly properties?: Readonly<Record<string, JsonSchemaNode>>;
  readonly required?: readonly string[];
  readonly [key: string]: unknown;
}

/** As a file is written: fields with a default may be left out. */
export const locationJsonSchema = (): JsonSchemaNode => ({
  $id: 'location.schema.json',
  title: 'Aufruf location configuration',
  ...(z.toJSONSchema(locationConfigSchema, { io: 'input' }) as JsonSchemaNode),
});
