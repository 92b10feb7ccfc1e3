import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What each part of the source may import besides itself; `domain <- contract <- runtime <- adapters <- functions`. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  contract: ['domain'],
  runtime: ['domain', 'contract'],
  adapters: ['domain', 'contract', 'runtime'],
  functions: ['domain', 'contract', 'runtime', 'adapters'],
  cdk: ['contract', 'environment', 'statemachines'],
  statemachines: [],
  cli: ['domain', 'adapters'],
  emulators: [],
  web: ['domain', 'contract'],
};

/**
 * The rooms of the domain in their one order: each may import the rooms before it, and the files at the domain's top, which
 * import no room. First what other programs define (texts, files of a host, images), then what this service keeps (releases,
 * clusters, the infra-envs that are for them), at last what it makes of those: an ignition, an installation on site that it
 * starts, and an ISO that holds it.
 */
const rooms = [
  'values',
  'host',
  'catalogues',
  'iso',
  'release',
  'cluster',
  'infra-env',
  'ignition',
  'installation',
  'composition',
];

/** Modules of Node that compute only: a pure domain may use them. */
const pureModules = ['node:buffer', 'node:crypto', 'node:zlib', 'node:util', 'node:net'];

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => join(folder, path));

const importsOf = (path: string): string[] =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, name]) => name ?? '',
  );

/** The part of the source that a path belongs to, or undefined for a package. */
const partOf = (path: string): string | undefined => {
  const [first = '', second = ''] = path.split(sep);
  if (first === 'layers') return second;
  if (/^functions\/([^/]+)\/[^/]+-env\.ts$/.test(path)) return 'environment';
  return ['functions', 'cdk', 'cli', 'local', 'emulators', 'statemachines', 'test', 'bench', 'web'].includes(first)
    ? first
    : undefined;
};

const resolve = (importer: string, name: string): string | undefined => {
  if (name.startsWith('.')) return normalize(join(dirname(importer), name));
  const alias = /^#(\w+)\/(.+)$/.exec(name);
  if (alias === null) return undefined;
  const [, part = '', rest = ''] = alias;
  return ['domain', 'contract', 'runtime', 'adapters'].includes(part) ? join('layers', part, rest) : join(part, rest);
};

const violations = (part: string, folder: string): string[] =>
  sources(folder).flatMap((path) =>
    importsOf(path).flatMap((name) => {
      const target = resolve(path, name);
      const imported = target === undefined ? undefined : partOf(target);
      const inOwnPart = imported === part || (part === 'functions' && imported === 'environment');
      return imported === undefined || inOwnPart || allowed[part]?.includes(imported) ? [] : [`${path} -> ${name}`];
    }),
  );

/** What a file of the source imports of the source. */
const importedBy = (path: string): readonly string[] => importsOf(path).flatMap((name) => resolve(path, name) ?? []);

/** The place of a domain's file in the order of rooms; files at the top go before all. */
const roomOf = (path: string): number => {
  const [, , room = '', ...below] = path.split(sep);
  return below.length === 0 ? -1 : rooms.indexOf(room);
};

const everything = [
  'layers',
  'functions',
  'cdk',
  'cli',
  'local',
  'emulators',
  'statemachines',
  'docs',
  'bench',
  'test',
  'web',
].flatMap(sources);
const graph = new Map(everything.map((path) => [path, importedBy(path)]));

/** Every cycle that a walk along the imports closes, as the files on it. */
const cycles = (): readonly string[] => {
  const [found, finished, way]: [string[], Set<string>, string[]] = [[], new Set(), []];
  const walk = (path: string): void => {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(' -> '));
    else if (!finished.has(path)) {
      way.push(path);
      for (const next of graph.get(path) ?? []) walk(next);
      way.pop();
      finished.add(path);
    }
  };
  for (const path of graph.keys()) walk(path);
  return found;
};

describe('imports', () => {
  it.each(['domain', 'contract', 'runtime', 'adapters'])('of layers/%s go one way', (part) => {
    expect(violations(part, join('layers', part))).toEqual([]);
  });

  it.each(['functions', 'cdk', 'statemachines', 'cli', 'emulators', 'web'])('of %s go one way', (part) => {
    expect(violations(part, part)).toEqual([]);
  });

  it('of the domain reach neither AWS nor HTTP nor files nor clocks', () => {
    const impure = sources('layers/domain').flatMap((path) =>
      importsOf(path)
        .filter((name) => (name.startsWith('node:') && !pureModules.includes(name)) || /^@aws|^aws-/.test(name))
        .map((name) => `${path} -> ${name}`),
    );
    expect(impure).toEqual([]);
    const clocks = sources('layers/domain').filter((path) =>
      /new Date\(\)|Date\.now\(|Math\.random\(|\bprocess\.\w/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(clocks).toEqual([]);
  });

  it('of the rooms of the domain go one way', () => {
    const files = sources('layers/domain');
    expect(new Set(files.map(roomOf))).toEqual(new Set([-1, ...rooms.keys()]));
    const backward = files.flatMap((path) =>
      importedBy(path)
        .filter((target) => roomOf(target) > roomOf(path))
        .map((target) => `${path} -> ${target}`),
    );
    expect(backward).toEqual([]);
  });

  it('of files form no cycle, those of types included', () => {
    expect(cycles()).toEqual([]);
  });

  it('of one function never reach into another', () => {
    const crossing = sources('functions').flatMap((path) =>
      importsOf(path)
        .map((name) => resolve(path, name))
        .filter((target) => target?.startsWith('functions') && target.split(sep)[1] !== path.split(sep)[1])
        .map((target) => `${path} -> ${target}`),
    );
    expect(crossing).toEqual([]);
  });
});
