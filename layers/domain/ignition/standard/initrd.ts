import { gzipSync } from 'node:zlib';
import { networkUnitName } from '../../host/discovery-delay.ts';
import type { HostFile } from '../../host/host-file.ts';
import { withoutPlaceholders } from '../../infra-env/complete-settings.ts';
import type { InfraEnvSettings } from '../../infra-env/infra-env-settings.ts';
import { type ArchiveEntry, cpioArchive } from '../cpio.ts';
import type { StaticNetwork } from './network-files.ts';
import { networkScripts } from './network-scripts.ts';
import { networkUnit } from './network-unit.ts';
import { proxyAssignments } from './standard-proxy.ts';

/** Whether a minimal ISO needs anything in its initramfs before it can fetch its root file system. */
export const needsInitrd = (settings: InfraEnvSettings): boolean => {
  const { static_network_config: hosts = [], proxy } = withoutPlaceholders(settings);
  return hosts.length > 0 || proxy !== undefined;
};

interface Inputs {
  readonly settings: InfraEnvSettings;
  readonly network: StaticNetwork | undefined;
}

const units = '/etc/systemd/system';

const proxyFiles = (settings: InfraEnvSettings): readonly HostFile[] => {
  const lines = proxyAssignments(settings).map((assignment) => `Environment=${assignment}`);
  if (lines.length === 0) return [];
  const path = `${units}/coreos-livepxe-rootfs.service.d/10-proxy.conf`;
  return [{ path, mode: 0o600, text: ['[Service]', ...lines, ''].join('\n') }];
};

const networkFiles = ({ settings, network }: Inputs): readonly HostFile[] => {
  if (network === undefined) return [];
  const { network_discovery_delay_seconds: delaySeconds = 0 } = settings;
  const text = networkUnit({ place: 'initramfs', form: network.form, delaySeconds });
  return [
    ...network.files,
    ...networkScripts(network.form),
    { path: `${units}/${networkUnitName}`, mode: 0o644, text },
  ];
};

const enablingLink: ArchiveEntry = {
  type: 'link',
  name: `${units}/initrd.target.wants/${networkUnitName}`.slice(1),
  mode: 0o777,
  content: Buffer.from(`../${networkUnitName}`, 'utf8'),
};

const toEntry = ({ path, mode, text }: HostFile): ArchiveEntry => ({
  name: path.slice(1),
  mode,
  content: Buffer.from(text, 'utf8'),
});

const foldersAbove = (name: string): readonly string[] => {
  const parts = name.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
};

const toFolder = (name: string): ArchiveEntry => ({ type: 'directory', name, mode: 0o755, content: new Uint8Array() });

/**
 * What a minimal ISO boots with beside its own initramfs (assisted-service API 4.1): the static network of its hosts, and
 * the proxy for fetching the root file system. A gzip'd cpio archive, as the kernel unpacks it.
 */
export const minimalInitrd = (inputs: Inputs): Buffer => {
  const files = [...networkFiles(inputs), ...proxyFiles(inputs.settings)].map(toEntry);
  const nodes = inputs.network === undefined ? files : [...files, enablingLink];
  const folders = [...new Set(nodes.flatMap(({ name }) => foldersAbove(name)))].toSorted();
  return gzipSync(cpioArchive([...folders.map(toFolder), ...nodes]));
};
