import type { Ignition, IgnitionFile } from './ignition.ts';
import { rewriteResource } from './resource.ts';

/** What the binary does not carry, or not in the form that the hosts need. */
export interface Additions {
  readonly infraEnvId: string;
  readonly sshKeys: readonly string[];
}

const serviceEnvironment = '/usr/local/share/assisted-service/assisted-service.env';

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

const isMarker = ({ path }: IgnitionFile): boolean => markerPaths.some((markerPath) => markerPath === path);

const withMarkers = (files: readonly IgnitionFile[]): IgnitionFile[] => [
  ...files.filter((file) => !isMarker(file)),
  ...markerPaths.map(marker),
];

// The binary invents this id at every run; with the infra-env's own, equal inputs give equal bytes for ever.
const withInfraEnvId = (file: IgnitionFile, infraEnvId: string): IgnitionFile => {
  if (file.path !== serviceEnvironment || !file.contents?.source) return file;
  const rewrite = (content: string) => content.replace(/^INFRA_ENV_ID=.*$/gm, () => `INFRA_ENV_ID=${infraEnvId}`);
  return { ...file, contents: rewriteResource(file.contents, rewrite) };
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

/**
 * The unconfigured ignition of any generation, completed: the same settings end up in the same places whatever the
 * binary did itself. Merging twice changes nothing. registries.conf is not added where the binary ignores it: the OVE
 * ISO's base ignition carries it there.
 */
export const mergeIgnition = (base: Ignition, { infraEnvId, sshKeys }: Additions): Ignition => {
  const files = (base.storage?.files ?? []).map((file) => withInfraEnvId(file, infraEnvId));
  const passwd = withSshKeys(base.passwd, sshKeys);
  return {
    ...base,
    ...(passwd ? { passwd } : {}),
    storage: { ...base.storage, files: withMarkers(files) },
  };
};
