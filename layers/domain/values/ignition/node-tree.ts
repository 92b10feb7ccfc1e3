import { invalid } from '../../errors.ts';
import { excerpt } from '../printable.ts';

interface Node {
  readonly path: string;
}

interface Link extends Node {
  readonly hard?: boolean | null | undefined;
  readonly target?: string | null | undefined;
}

interface Text {
  readonly name: string;
  readonly contents?: string | null | undefined;
}

interface Unit extends Text {
  readonly dropins?: readonly Text[] | null | undefined;
}

/** What of a config lands in the host's file system. */
interface Tree {
  readonly storage?:
    | {
        readonly files?: readonly Node[] | null | undefined;
        readonly directories?: readonly Node[] | null | undefined;
        readonly links?: readonly Link[] | null | undefined;
      }
    | null
    | undefined;
  readonly systemd?: { readonly units?: readonly Unit[] | null | undefined } | null | undefined;
}

const refused = (reason: string): Error => invalid(`ignition_config_override: ${reason}`);

/** The root is one of its own: nothing else can be at its path. */
const ancestorsOf = (path: string): string[] => {
  const parts = path.split('/');
  return ['/', ...parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('/'))];
};

const nodesOf = ({ storage }: Tree): readonly Node[] => [
  ...(storage?.files ?? []),
  ...(storage?.directories ?? []),
  ...(storage?.links ?? []),
];

const checkAncestors = (tree: Tree): void => {
  const { files, links } = tree.storage ?? {};
  const leaves = new Set([...(files ?? []), ...(links ?? [])].map(({ path }) => path));
  for (const { path } of nodesOf(tree)) {
    const leaf = ancestorsOf(path).find((ancestor) => leaves.has(ancestor));
    if (leaf !== undefined) throw refused(`${excerpt(leaf)} has to be a directory, because of ${excerpt(path)}`);
  }
};

const unitFolder = '/etc/systemd/system';

const unitPathsOf = ({ systemd }: Tree): readonly string[] =>
  (systemd?.units ?? []).flatMap(({ name, contents, dropins }) => [
    ...(contents ? [`${unitFolder}/${name}`] : []),
    ...(dropins ?? []).filter((dropin) => dropin.contents).map((dropin) => `${unitFolder}/${name}.d/${dropin.name}`),
  ]);

const checkUnitPaths = (tree: Tree): void => {
  const unitPaths = new Set(unitPathsOf(tree));
  const twice = nodesOf(tree).find(({ path }) => unitPaths.has(path));
  if (twice !== undefined) throw refused(`${excerpt(twice.path)} is there twice, once as a unit or drop-in`);
};

const resolved = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

/** Ignition takes a relative target from the link itself, not from its folder. */
const targetOf = ({ path, target }: Link): string => resolved(target?.startsWith('/') ? target : `${path}/${target}`);

const checkHardLinks = ({ storage }: Tree): void => {
  const folders = new Set((storage?.directories ?? []).map(({ path }) => path));
  const wrong = storage?.links?.find((link) => link.hard && folders.has(targetOf(link)));
  if (wrong !== undefined) throw refused(`${excerpt(wrong.path)} is a hard link to a directory`);
};

/**
 * Checks that the files, directories and links of a config can all be made beside each other and beside its units. Ignition
 * refuses what is below a link or at the path of a unit, and fails at what is below a file.
 *
 * @throws InvalidInput
 */
export const checkTree = (tree: Tree): void => {
  checkAncestors(tree);
  checkUnitPaths(tree);
  checkHardLinks(tree);
};
