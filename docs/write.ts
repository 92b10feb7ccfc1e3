// Writes what is generated from the code (`npm run docs`): openapi.json, the diagrams of architecture.md, and the client
// that the scenarios use. Tests hold all of them equal to the code.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '#contract/openapi.ts';
import { generatedClient, ownClient } from '#test/clients/generated-client.ts';
import { withDiagrams } from './diagrams.ts';

writeFileSync(join(import.meta.dirname, 'openapi.json'), `${JSON.stringify(openApiDocument(), null, 2)}\n`);

const architecture = join(import.meta.dirname, 'architecture.md');
writeFileSync(architecture, withDiagrams(readFileSync(architecture, 'utf8')));

writeFileSync(ownClient, await generatedClient());
