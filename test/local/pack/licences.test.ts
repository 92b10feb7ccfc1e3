import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { licenceTable, pagePackages } from '#local/pack/licences.ts';

const root = join(import.meta.dirname, '../../..');
const lines = licenceTable(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));

it('the list of licences has those of the service, of its page and of Node', () => {
  const rows = lines.map((line) => line.split(/ {2,}/));
  for (const row of [
    ['zod', 'MIT'],
    ['react', 'MIT'],
    ['oidc-client-ts', 'Apache-2.0'],
    ['openpgp', 'LGPL-3.0+'],
  ]) {
    expect(rows).toContainEqual([row[0], expect.any(String), row[1]]);
  }
  expect(rows.map(([name]) => name)).toContain('node');
  expect(rows.filter(([name]) => name === 'vitest')).toEqual([]);
});

it('names every package that the page imports', () => {
  const files = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !/build\.ts$|vite\.config\.ts$/.test(path),
  );
  const imported = files.flatMap((path) =>
    [...readFileSync(join(root, 'web', path), 'utf8').matchAll(/(?:from|import) '((?:@[^/']+\/)?[^/'.#]+)/g)].map(
      ([, name = '']) => name,
    ),
  );
  const known = [...pagePackages, 'zod', 'js-yaml'];
  expect([...new Set(imported)].filter((name) => !name.startsWith('node:') && !known.includes(name))).toEqual([]);
});
