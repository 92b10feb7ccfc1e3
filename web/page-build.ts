import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isFresh } from './freshness.ts';

const root = join(import.meta.dirname, '..');
const dist = join(import.meta.dirname, 'dist');

const sources = ['package-lock.json', 'layers/contract', 'layers/domain', 'web'];

const filesBelow = (path: string): readonly string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { withFileTypes: true })
        .filter(({ name }) => !name.startsWith('dist'))
        .flatMap((entry) => filesBelow(join(path, entry.name)));

const made = join(dist, 'index.html');

const allSources = (): readonly string[] => sources.flatMap((source) => filesBelow(join(root, source)));

/** Beside the old one, which is served until the new one is whole. */
const build = async (): Promise<void> => {
  const unfinished = `${dist}.${process.pid}`;
  // Loaded only now: most starts find the page built.
  const [vite, { pageConfig }] = await Promise.all([import('vite'), import('./vite.config.ts')]);
  await vite.build(pageConfig(unfinished));
  rmSync(dist, { recursive: true, force: true });
  renameSync(unfinished, dist);
};

/** Builds the page into web/dist, unless what is there is newer than everything that it is made of. */
export const buildPage = async (): Promise<void> => {
  if (isFresh(made, allSources())) return;
  process.stderr.write('building the page ...\n');
  await build();
};
