import { withoutLaterKeys } from '../values/ignition/later-keys.ts';
import { asIgnition, type Ignition } from './ignition.ts';
import { by, headers, joined, keyed, related, struct, united } from './merge-rules.ts';

const resource = struct({ verification: struct(), httpHeaders: headers });
const resources = keyed(by('source'), resource);
const owners = { user: struct(), group: struct() };
const texts = united;

const ignition = struct({
  config: struct({ merge: resources, replace: resource }),
  proxy: struct({ noProxy: texts }),
  security: struct({ tls: struct({ certificateAuthorities: resources }) }),
  timeouts: struct(),
});

/** A number of 0 means the next free one: then the label distinguishes partitions. */
const partitionKey = (partition: unknown): string =>
  by('number')(partition) ? `number:${by('number')(partition)}` : `label:${by('label')(partition)}`;

const luks = struct({
  keyFile: resource,
  clevis: struct({ custom: struct(), tang: keyed(by('url')) }),
  cex: struct(),
  options: joined,
  openOptions: joined,
});

const storage = related(
  { lists: ['files', 'directories', 'links'], keyOf: by('path') },
  struct({
    disks: keyed(by('device'), struct({ partitions: keyed(partitionKey) })),
    raid: keyed(by('name'), struct({ devices: texts, options: joined })),
    luks: keyed(by('name'), luks),
    filesystems: keyed(by('device'), struct({ options: joined, mountOptions: joined })),
    files: keyed(by('path'), struct({ ...owners, contents: resource, append: joined })),
    directories: keyed(by('path'), struct(owners)),
    links: keyed(by('path'), struct(owners)),
  }),
);

const kernelArguments = related(
  { lists: ['shouldExist', 'shouldNotExist'], keyOf: (argument) => argument },
  struct({ shouldExist: texts, shouldNotExist: texts }),
);

const config = struct({
  ignition,
  storage,
  kernelArguments,
  systemd: struct({ units: keyed(by('name'), struct({ dropins: keyed(by('name')) })) }),
  passwd: struct({
    users: keyed(by('name'), struct({ sshAuthorizedKeys: texts, groups: texts })),
    groups: keyed(by('name')),
  }),
});

const specialBits = 0o7000;

interface Moded {
  readonly mode?: number | null | undefined;
}

const plainMode = <Node extends Moded>(node: Node): Node =>
  typeof node.mode === 'number' ? { ...node, mode: node.mode & ~specialBits } : node;

type Version = Ignition['ignition']['version'];

const withPlainModes = ({ files, directories, ...kept }: NonNullable<Ignition['storage']>): Ignition['storage'] => ({
  ...kept,
  ...(files ? { files: files.map(plainMode) } : {}),
  ...(directories ? { directories: directories.map(plainMode) } : {}),
});

// A higher version must not bring to life what its own passes over: keys that it does not know and, before 3.4.0, the bits
// for setuid, setgid and sticky.
const raised = (config: Ignition, version: Version): Ignition => {
  const own = config.ignition.version;
  if (own === version) return config;
  const { ignition: section, storage, ...kept } = asIgnition(withoutLaterKeys(config, own));
  const isRevived = own < '3.4.0' && version >= '3.4.0';
  return {
    ...kept,
    ignition: { ...section, version },
    ...(storage ? { storage: isRevived ? withPlainModes(storage) : storage } : {}),
  };
};

/**
 * Two configs as Ignition itself merges them: structs member by member, the child's value winning; files, directories and
 * links by path, where a node of another kind replaces the parent's and one of the same kind is merged into it; `append`
 * and options one after the other; units, drop-ins, users and groups by name; keys of users, groups of users and kernel
 * arguments united. The result has the higher of the two versions, which all share these members.
 *
 * Associative but for paths and kernel arguments that go to another list, and, unless something is appended, idempotent.
 */
export const mergeConfigs = (parent: Ignition, child: Ignition): Ignition => {
  const [a, b] = [parent.ignition.version, child.ignition.version];
  const version = a > b ? a : b;
  return asIgnition(config(raised(parent, version), raised(child, version)));
};
