// Writes docs/openapi.json from the route table (`npm run openapi`); a test holds the two equal.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '#contract/openapi.ts';

writeFileSync(join(import.meta.dirname, 'openapi.json'), `${JSON.stringify(openApiDocument(), null, 2)}\n`);
