import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundlesFolder } from '../function-bundle.ts';

/** Parts of the source that `npm start` and `ove` run, the page and the functions as they were built. */
const packedFolders = [
  ...['cdk', 'cli', 'emulators', 'functions', 'layers', 'local', 'statemachines', 'docs'],
  ...['web/dist', bundlesFolder],
];

const packedFiles = [
  ...['package.json', 'package-lock.json', 'web/freshness.ts'],
  ...['LICENSE', 'README.md', 'CHANGELOG.md'],
];

/** What npm writes of an installed package into a lock file. */
interface LockedPackage {
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Folders of the packages that the service needs while it runs, nested ones named by themselves. */
export const runtimePackages = ({ packages }: LockFile): readonly string[] =>
  Object.entries(packages)
    .filter(([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link)
    .map(([path]) => path);

/** Types and maps of packages, and what only a checkout runs: deploying, setting up, packing, writing the documents. */
const forDevelopers = [
  /\.d\.[cm]?ts$/,
  /^node_modules\/.+\.map$/,
  /^(cdk\/app|docs\/.+)\.ts$/,
  /^local\/pack\//,
  /^(cli|local)\/[^/]+\.mjs$/,
];

const isForDevelopers = (path: string): boolean => forDevelopers.some((pattern) => pattern.test(path));

// A package of another platform is in the lock file and not on this machine.
const entriesOf = (folder: string) => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
};

const filesBelow = (root: string, folder: string): readonly string[] =>
  entriesOf(join(root, folder)).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(root, path);
    return entry.isFile() && !isForDevelopers(path) ? [path] : [];
  });

/** All files of the archive but Node and what starts it: paths from the project's folder, in alphabetical order. */
export const packedPaths = (root: string, lock: LockFile): readonly string[] =>
  [
    ...packedFiles,
    ...[...packedFolders, ...runtimePackages(lock)].flatMap((folder) => filesBelow(root, folder)),
  ].sort();
