import { checkTree } from '../values/ignition/node-tree.ts';
import { mergeConfigs } from './config-merge.ts';
import { infraEnvIdName } from './credentials.ts';
import type { Ignition, IgnitionFile, IgnitionUnit } from './ignition.ts';
import { type Assignment, withVariables } from './variables.ts';

/** What the binary does not carry, or not in the form that the hosts need. */
export interface Additions {
  readonly infraEnvId: string;
  readonly sshKeys: readonly string[];
  /** Each takes the place of one that the binary wrote at its path. */
  readonly files: readonly IgnitionFile[];
  /** Each is merged into the one that the binary wrote of its name. */
  readonly units?: readonly IgnitionUnit[];
  /** What takes the place of what the run has invented. */
  readonly variables?: readonly Assignment[];
  /** The user's own ignition, which is merged in last. */
  readonly override?: Ignition | undefined;
  /** Whether the wizard stays away; else it opens. */
  readonly withoutWizard?: boolean;
  /** Whether a configuration medium is loaded; else none is. */
  readonly awaitsMedium?: boolean;
}

/** Environment of the service on the rendezvous host. */
export const serviceEnvironment = '/usr/local/share/assisted-service/assisted-service.env';

// The first gates the interactive flow, the second keeps units from waiting for a configuration image. Whether the
// binary writes them depends on its generation.
const markerPaths = ['/etc/assisted/interactive-ui', '/etc/assisted/no-config-image'] as const;

const marker = (path: string): IgnitionFile => ({
  path,
  overwrite: true,
  user: { name: 'root' },
  mode: 0o644,
  contents: { source: 'data:,' },
});

const isMarker = ({ path }: { readonly path: string }): boolean =>
  markerPaths.some((markerPath) => markerPath === path);

type Storage = Ignition['storage'];

// The base ignition of newer ISOs has the marker, and no ignition takes away a file of another; but files and links share
// their paths, and systemd follows links.
const shadow = (path: string, name: string) => ({ path, overwrite: true, target: `/run/ove-ignition/${name}` });

type Absence = Pick<Additions, 'withoutWizard' | 'awaitsMedium'>;

const markers = ({ withoutWizard, awaitsMedium }: Absence) => {
  const [wizard, noMedium] = markerPaths;
  const links = [
    ...(withoutWizard ? [shadow(wizard, 'without-wizard')] : []),
    ...(awaitsMedium ? [shadow(noMedium, 'with-medium')] : []),
  ];
  const absent = links.map(({ path }) => path);
  return { files: markerPaths.filter((path) => !absent.includes(path)).map(marker), links };
};

// An override may have made something else of them: a link, or a file with content.
const withMarkers = (storage: Storage, absence: Absence): Storage => {
  const own = markers(absence);
  const others = <Node extends { readonly path: string }>(nodes: readonly Node[] | null | undefined) =>
    (nodes ?? []).filter((node) => !isMarker(node));
  const { files, directories, links, ...kept } = storage ?? {};
  return {
    ...kept,
    ...(directories ? { directories: others(directories) } : {}),
    ...(links || own.links.length > 0 ? { links: [...others(links), ...own.links] } : {}),
    files: [...others(files), ...own.files],
  };
};

const withFiles = (files: readonly IgnitionFile[], added: readonly IgnitionFile[]): IgnitionFile[] => {
  const paths = new Set(added.map(({ path }) => path));
  return [...files.filter(({ path }) => !paths.has(path)), ...added];
};

type Passwd = Ignition['passwd'];

// The binary writes several keys as one entry, which sshd takes for one malformed key.
const withSshKeys = (passwd: Passwd, sshKeys: readonly string[]): Passwd => {
  if (sshKeys.length === 0) return passwd;
  const users = passwd?.users ?? [];
  const known = users.some(({ name }) => name === 'core') ? users : [...users, { name: 'core' }];
  const keyed = known.map((user) => (user.name === 'core' ? { ...user, sshAuthorizedKeys: [...sshKeys] } : user));
  return { ...passwd, users: keyed };
};

const withUnits = (config: Ignition, units: readonly IgnitionUnit[]): Ignition =>
  units.length === 0
    ? config
    : mergeConfigs(config, { ignition: { version: config.ignition.version }, systemd: { units: [...units] } });

/**
 * The unconfigured ignition of any generation, completed: the same settings end up in the same places whatever the
 * binary did itself, and what the override says wins, but for the markers. Merging twice changes nothing, but for what
 * an override appends to a file. registries.conf is not added where the binary ignores it: the OVE ISO's base ignition
 * carries it there.
 *
 * @throws InvalidInput when no host could have the override's files beside the others
 */
export const mergeIgnition = (base: Ignition, additions: Additions): Ignition => {
  const { infraEnvId, sshKeys, files: added, units = [], variables = [], override } = additions;
  // The binary invents these at every run; with the infra-env's own, equal inputs give equal bytes for ever.
  const own = [{ path: serviceEnvironment, name: infraEnvIdName, value: infraEnvId }, ...variables];
  const files = (base.storage?.files ?? []).map((file) => withVariables(file, own));
  const passwd = withSshKeys(base.passwd, sshKeys);
  const completed = {
    ...base,
    ...(passwd ? { passwd } : {}),
    storage: { ...base.storage, files: withFiles(files, added) },
  };
  const extended = withUnits(completed, units);
  const merged = override === undefined ? extended : mergeConfigs(extended, override);
  const finished = { ...merged, storage: withMarkers(merged.storage, additions) };
  if (override !== undefined) checkTree(finished);
  return finished;
};
