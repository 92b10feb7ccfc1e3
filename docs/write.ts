// Writes what is generated from the code (`npm run docs`): openapi.json, site.schema.json, the diagrams and the tables of architecture.md.
// Tests hold all of them equal to the code.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { siteSchema } from '#cli/site/site-schema.ts';
import { openApiDocument } from '#contract/openapi.ts';
import { withDiagrams } from './diagrams.ts';
import { withReleaseTable } from './release-table.ts';
import { withSettingTables } from './setting-tables.ts';

writeFileSync(join(import.meta.dirname, 'openapi.json'), `${JSON.stringify(openApiDocument(), null, 2)}\n`);

writeFileSync(join(import.meta.dirname, 'site.schema.json'), `${JSON.stringify(siteSchema(), null, 2)}\n`);

const architecture = join(import.meta.dirname, 'architecture.md');
const described = withSettingTables(withDiagrams(readFileSync(architecture, 'utf8')));
writeFileSync(architecture, await withReleaseTable(described));
