// Writes what is generated from the code (`npm run docs`): openapi.json and the diagrams of architecture.md. Tests hold both
// equal to the code.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '#contract/openapi.ts';
import { withDiagrams } from './diagrams.ts';

writeFileSync(join(import.meta.dirname, 'openapi.json'), `${JSON.stringify(openApiDocument(), null, 2)}\n`);

const architecture = join(import.meta.dirname, 'architecture.md');
writeFileSync(architecture, withDiagrams(readFileSync(architecture, 'utf8')));
