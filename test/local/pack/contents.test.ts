import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packedPaths, runtimePackages } from '#local/pack/contents.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

const lock = read('package-lock.json');
const names: Readonly<Record<string, string>> = read('package.json').imports;
const packed = packedPaths(root, lock);
const own = packed.filter((path) => path.endsWith('.ts') && !path.startsWith('node_modules/'));

const importsOf = (path: string): readonly string[] =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/(?:^import|from|import\()\s*'([^'\s]+)'/gm)].map(
    ([, name = '']) => name,
  );

const imported = own.flatMap((path) => importsOf(path).map((name) => ({ path, name })));

/** Where an import of our own source leads, from the project's folder; undefined for a package. */
const sourceOf = ({ path, name }: { path: string; name: string }): string | undefined => {
  if (name.startsWith('.')) return normalize(join(dirname(path), name));
  const [room = ''] = name.split('/');
  return name.startsWith('#')
    ? normalize((names[`${room}/*`] ?? '').replace('*', name.slice(room.length + 1)))
    : undefined;
};

const packageOf = (name: string): string => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

// Declarations alone, which Node never loads.
const typesOnly = ['aws-lambda'];

describe('the files of the archive', () => {
  it('are complete: whatever a packed file of ours imports is packed', () => {
    const wanted = new Set(imported.flatMap((each) => sourceOf(each) ?? []));
    expect(wanted.size).toBeGreaterThan(300);
    expect([...wanted].filter((path) => !packed.includes(path))).toEqual([]);
  });

  it('have every package that a packed file imports', () => {
    const packages = imported.flatMap(({ name }) => (/^[#.]|^node:/.test(name) ? [] : packageOf(name)));
    const there = runtimePackages(lock).map((path) => path.replace('node_modules/', ''));
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter((name) => !there.includes(name) && !typesOnly.includes(name))).toEqual([]);
  });

  it('start the service and the command, and are documented', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'local/main.ts',
        'cli/ove.ts',
        'emulators/lambda/bootstrap.ts',
        'docs/operations.md',
        'LICENSE',
      ]),
    );
    expect(packed).toEqual(
      expect.arrayContaining(['dist/functions/api/index.mjs', 'statemachines/prepare-media.asl.json']),
    );
  });

  it.each([
    /\.d\.[cm]?ts$/,
    /^node_modules\/.*\.map$/,
    /^test\//,
    /^node_modules\/vite\//,
    /^node_modules\/node\//,
    /^local\/pack\//,
  ])('have nothing that only developers use: %s', (pattern) => {
    expect(packed.filter((path) => pattern.test(path))).toEqual([]);
  });
});
