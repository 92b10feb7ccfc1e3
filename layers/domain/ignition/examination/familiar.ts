import type { InstallerProfile } from '../../release/installer-profile.ts';

const flags = ['--dir', '--help', '--interactive', '--log-level'];

/** What the measured builds write: names by folder. */
const files: Readonly<Record<string, string>> = {
  '/etc/NetworkManager/conf.d': 'clientid.conf',
  '/etc/assisted':
    'agent-installer.env interactive-ui no-config-image rendezvous-host.env rendezvous-host.env.template ' +
    'start-cluster.env',
  '/etc/assisted/manifests': 'cluster-image-set.yaml infraenv.yaml pull-secret.yaml',
  '/etc/containers': 'registries.conf',
  '/etc': 'issue motd multipath.conf',
  '/etc/systemd/system.conf.d': '10-default-env.conf',
  '/etc/udev/rules.d': '80-agent-config-image.rules',
  '/root/.docker': 'config.json',
  '/root': 'assisted.te',
  '/usr/local/bin':
    'add-node.sh agent-auth-token-status.sh agent-config-image-wait.sh agent-extract-tui.sh agent-gather ' +
    'agent-interactive-console.sh common.sh configure-assisted-hw-requirements.sh extract-agent.sh ' +
    'get-container-images.sh install-status.sh issue_status.sh load-config-iso.sh oci-eval-user-data.sh ' +
    'pre-network-manager-config.sh release-image-download.sh release-image.sh set-hostname.sh ' +
    'set-node-zero.sh start-agent.sh start-cluster-installation.sh wait-for-assisted-service.sh',
  '/usr/local/share/assisted-service': 'assisted-service.env hw.json images.env layers.sha512 pod.yml',
};

const units = (
  'agent-check-config-image agent-extract-tui agent-import-cluster agent-interactive-console ' +
  'agent-register-cluster agent-register-infraenv agent-ui agent apply-host-config assisted-service-db ' +
  'assisted-service-pod assisted-service install-status iscsistart load-config-iso@ node-zero ' +
  'oci-eval-user-data pre-network-manager-config selinux set-hostname start-cluster-installation'
)
  .split(' ')
  .map((name) => `${name}.service`);

const paths = Object.entries(files).flatMap(([folder, names]) => names.split(' ').map((name) => `${folder}/${name}`));

interface Named {
  readonly flags: readonly string[];
  readonly files: Readonly<Record<string, unknown>>;
  readonly units: Readonly<Record<string, unknown>>;
}

const partsOf = (named: Named): readonly string[] => [
  ...named.flags.map((flag) => `flag ${flag}`),
  ...Object.keys(named.files).map((path) => `file ${path}`),
  ...Object.keys(named.units).map((unit) => `unit ${unit}`),
];

const listed = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, true]));

const familiar = partsOf({ flags, files: listed(paths), units: listed(units) });

/**
 * The flags, files and units of a binary that none of the measured builds has, and none of these others: what the service was
 * not written for.
 */
export const unfamiliarIn = (profile: InstallerProfile, others: readonly InstallerProfile[]): readonly string[] => {
  const known = new Set([...familiar, ...others.flatMap(partsOf)]);
  return partsOf(profile).filter((part) => !known.has(part));
};
