import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile, type OutputFile } from 'esbuild';
import { handlerBundle, root } from '#cdk/handler-bundle.ts';
import { isFresh } from '#web/freshness.ts';
import { writeWhole } from './whole-file.ts';

/** Where the bundles are kept, from the project's folder. */
export const bundlesFolder = 'dist/functions';

/** Beside a bundle: what it was made of, from the project's folder, so that an unpacked archive has it too. */
const sourcesFile = 'sources.json';

/** What a bundle is made of besides: the packages, and how it is made. */
const always = ['package-lock.json', 'cdk/handler-bundle.ts'];

/** What a bundle was made of; undefined where there is none. */
const sourcesIn = async (folder: string): Promise<readonly string[] | undefined> => {
  const text = await readFile(join(folder, sourcesFile), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text).map((path: string) => join(root, path));
};

const sourcesOf = ({ inputs }: Metafile): readonly string[] => [
  ...always,
  ...Object.keys(inputs).filter((path) => !path.startsWith('node_modules/')),
];

const isHandler = ({ path }: OutputFile): boolean => basename(path) === 'index.mjs';

const handlerLast = (a: OutputFile, b: OutputFile): number => Number(isHandler(a)) - Number(isHandler(b));

const dayMs = 24 * 60 * 60_000;

/** Modules of earlier bundles are kept for a day: a function that runs still loads those that it has not needed before. */
const removeOutdated = async (folder: string, made: readonly OutputFile[]): Promise<void> => {
  const kept = [sourcesFile, ...made.map(({ path }) => basename(path))];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!kept.includes(name) && (await stat(path)).mtimeMs < Date.now() - dayMs) await rm(path);
  }
};

const bundle = async (name: string, folder: string): Promise<void> => {
  const { outputFiles, metafile } = await build({ ...handlerBundle(name, folder), metafile: true, write: false });
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, sourcesFile), JSON.stringify(sourcesOf(metafile)));
  // The handler's module comes last: it makes the bundle a whole one.
  for (const { path, contents } of outputFiles.toSorted(handlerLast)) await writeWhole(path, contents);
  await removeOutdated(folder, outputFiles);
};

/**
 * A function as it is deployed, in files that are made when there is none yet or when a source of it has changed.
 *
 * @returns the URL of its module
 */
export const functionBundle = async (name: string): Promise<string> => {
  const folder = join(root, bundlesFolder, name);
  const module = join(folder, 'index.mjs');
  const sources = await sourcesIn(folder);
  if (sources === undefined || !isFresh(module, sources)) await bundle(name, folder);
  return pathToFileURL(module).href;
};

/** Makes all of them that are not there. */
export const bundleFunctions = async (): Promise<void> => {
  const names = await readdir(join(root, 'functions'));
  await Promise.all(names.map(functionBundle));
};
