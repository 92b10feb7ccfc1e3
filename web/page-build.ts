import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(import.meta.dirname, 'dist');

const sources = ['package-lock.json', 'layers/contract', 'layers/domain', 'web'];

const filesBelow = (path: string): readonly string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { withFileTypes: true })
        .filter(({ name }) => !name.startsWith('dist'))
        .flatMap((entry) => filesBelow(join(path, entry.name)));

const modified = (path: string): number => statSync(path).mtimeMs;

const isFresh = (): boolean => {
  const page = join(dist, 'index.html');
  if (!existsSync(page)) return false;
  const built = modified(page);
  return sources.flatMap((source) => filesBelow(join(root, source))).every((path) => modified(path) <= built);
};

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
  if (isFresh()) return;
  process.stderr.write('building the page ...\n');
  await build();
};
