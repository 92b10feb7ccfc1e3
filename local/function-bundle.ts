import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile, type OutputFile } from 'esbuild';
import { handlerBundle, root } from '#cdk/handler-bundle.ts';
import { isFresh } from '#web/freshness.ts';

/** Where the bundles are kept, from the project's folder. */
export const bundlesFolder = 'dist/functions';

/** What a bundle is made of besides: the packages, and how it is made. */
const always = ['package-lock.json', 'cdk/handler-bundle.ts'];

const readSources = async (file: string): Promise<readonly string[] | undefined> =>
  readFile(file, 'utf8').then(JSON.parse, () => undefined);

const sourcesOf = ({ inputs }: Metafile): readonly string[] => [
  ...always,
  ...Object.keys(inputs).filter((path) => !path.startsWith('node_modules/')),
];

/** By a rename, so that nobody meets half of it. Runs that come together each write all of it. */
const write = async (file: string, content: string | Uint8Array): Promise<void> => {
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, content);
  await rename(unfinished, file);
};

const isHandler = ({ path }: OutputFile): boolean => basename(path) === 'index.mjs';

const handlerLast = (a: OutputFile, b: OutputFile): number => Number(isHandler(a)) - Number(isHandler(b));

const bundle = async (name: string, folder: string): Promise<void> => {
  const { outputFiles, metafile } = await build({ ...handlerBundle(name, folder), metafile: true, write: false });
  await mkdir(folder, { recursive: true });
  await write(join(folder, 'sources.json'), JSON.stringify(sourcesOf(metafile)));
  // The handler's module comes last: it makes the bundle a whole one.
  for (const { path, contents } of outputFiles.toSorted(handlerLast)) await write(path, contents);
};

/**
 * A function as it is deployed, in one file that is made when there is none yet or when a source of it has changed.
 *
 * @returns the URL of its module
 */
export const functionBundle = async (name: string): Promise<string> => {
  const folder = join(root, bundlesFolder, name);
  const module = join(folder, 'index.mjs');
  const sources = await readSources(join(folder, 'sources.json'));
  const isMade =
    sources !== undefined &&
    isFresh(
      module,
      sources.map((path) => join(root, path)),
    );
  if (!isMade) await bundle(name, folder);
  return pathToFileURL(module).href;
};

/** Makes all of them that are not there. */
export const bundleFunctions = async (): Promise<void> => {
  const names = await readdir(join(root, 'functions'));
  await Promise.all(names.map(functionBundle));
};
