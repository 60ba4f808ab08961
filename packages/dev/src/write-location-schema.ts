/**
 * Writes the JSON Schema of a location's configuration beside the samples, for editors that complete and check.
 * After a change of the schema: `node tools/bootstrap.mjs packages/dev/src/write-location-schema.ts && npm run format`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { locationJsonSchema } from '@aufruf/shared/domain/location-config/json-schema';
import { root } from './root.ts';

writeFileSync(
  join(root, 'packages/dev/samples/location.schema.json'),
  `${JSON.stringify(locationJsonSchema(), null, 2)}\n`,
);
