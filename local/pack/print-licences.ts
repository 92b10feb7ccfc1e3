/** `npm run licences`: the licences of everything that is delivered. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenceTable } from './licences.ts';

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'));
for (const line of licenceTable(lock)) console.log(line);
