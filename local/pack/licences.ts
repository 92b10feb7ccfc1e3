import { tableLines } from '#cli/table.ts';
import { type LockFile, runtimePackages } from './contents.ts';

/** What the page imports; Vite makes it part of the page's own files. */
export const pagePackages = [
  '@noble/hashes',
  '@patternfly/react-core',
  '@patternfly/react-icons',
  '@patternfly/react-styles',
  'buffer',
  'fflate',
  'oidc-client-ts',
  'react',
  'react-dom',
];

const folderOf = (name: string): string => `node_modules/${name}`;

/** These folders and those of all that their packages need, which npm has laid side by side. */
const withNeeded = ({ packages }: LockFile, names: readonly string[]): ReadonlySet<string> => {
  const folders = new Set<string>();
  const add = (name: string): void => {
    const folder = folderOf(name);
    if (folders.has(folder)) return;
    folders.add(folder);
    Object.keys(packages[folder]?.dependencies ?? {}).forEach(add);
  };
  names.forEach(add);
  return folders;
};

/** The licences of everything that a deployment, an archive and the page are made of, as the lock file has them. */
export const licenceTable = (lock: LockFile): readonly string[] => {
  const folders = new Set([...runtimePackages(lock), ...withNeeded(lock, [...pagePackages, 'node'])]);
  const rows = [...folders].sort().map((folder) => ({
    name: folder.split('node_modules/').at(-1) ?? folder,
    version: lock.packages[folder]?.version ?? '',
    licence: lock.packages[folder]?.license ?? 'see its folder',
  }));
  return tableLines(
    [
      ['PACKAGE', ({ name }) => name],
      ['VERSION', ({ version }) => version],
      ['LICENCE', ({ licence }) => licence],
    ],
    rows,
  );
};
