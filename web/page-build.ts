import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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

/** Compressed once, here, so that no browser waits for it; the service has text files of the page in this form alone. */
const compressTexts = (folder: string): void => {
  const texts = readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name));
  for (const path of texts.map((name) => join(folder, name))) {
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
    rmSync(path);
  }
};

/** Beside the old one, which is served until the new one is whole. */
const build = async (): Promise<void> => {
  const unfinished = `${dist}.${process.pid}`;
  // Loaded only now: most starts find the page built.
  const [vite, { pageConfig }] = await Promise.all([import('vite'), import('./vite.config.ts')]);
  await vite.build(pageConfig(unfinished));
  compressTexts(join(unfinished, 'page'));
  rmSync(dist, { recursive: true, force: true });
  renameSync(unfinished, dist);
};

/** Builds the page into web/dist, unless what is there is newer than everything that it is made of. */
export const buildPage = async (): Promise<void> => {
  if (isFresh(made, allSources())) return;
  process.stderr.write('building the page ...\n');
  await build();
};
