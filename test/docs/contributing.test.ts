import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts);

/** Paths in backticks, without placeholders. */
const paths = [...guide.matchAll(/`((?:layers|functions|statemachines|cdk|local|emulators|cli|test)\/[\w./-]*)`/g)].map(
  ([, path = '']) => path,
);

describe('CONTRIBUTING.md', () => {
  it.each([...new Set(paths)])('names %s, which is there', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  });

  it('names commands that are there', () => {
    const named = [...guide.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => !scripts.includes(name ?? ''))).toEqual([]);
  });
});
