import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withReleaseTable } from '../../docs/release-table.ts';

const text = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');

it('architecture.md has the table of what a release can (npm run docs)', async () => {
  expect(text).toMatch(/<!-- profiles of the releases -->\n\|/);
  expect(await withReleaseTable(text)).toBe(text);
});
