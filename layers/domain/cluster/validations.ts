import type { Cluster } from './cluster.ts';
import { networkValidations } from './network-validations.ts';
import { operatorValidations } from './operator-validations.ts';
import type { Validation } from './validation.ts';

export type ValidationCategory = 'configuration' | 'hosts-data' | 'network' | 'operators';

const configurationValidations = ({ pullSecretSet }: Cluster): readonly Validation[] => [
  { id: 'platform-requirements-satisfied', status: 'success', message: 'Platform requirements satisfied' },
  pullSecretSet
    ? { id: 'pull-secret-set', status: 'success', message: 'The pull secret is set.' }
    : { id: 'pull-secret-set', status: 'failure', message: 'The pull secret is not set.' },
];

/** With no hosts there never are enough control plane nodes: this keeps every cluster from becoming ready. */
const hostsValidations = ({ settings }: Cluster): readonly Validation[] => [
  {
    id: 'all-hosts-are-ready-to-install',
    status: 'success',
    message: 'All hosts in the cluster are ready to install.',
  },
  {
    id: 'sufficient-masters-count',
    status: 'failure',
    message:
      settings.high_availability_mode === 'None'
        ? 'Single-node clusters must have a single control plane node and no workers.'
        : `The cluster must have exactly ${settings.control_plane_count ?? 3} dedicated control plane nodes. Add or ` +
          'remove hosts, or change their roles configurations to meet the requirement.',
  },
];

const sorted = (validations: readonly Validation[]): readonly Validation[] =>
  validations.toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** The validations of a cluster with no hosts, each category sorted by id (assisted-service API). */
export const clusterValidations = (cluster: Cluster): Readonly<Record<ValidationCategory, readonly Validation[]>> => ({
  configuration: sorted(configurationValidations(cluster)),
  'hosts-data': sorted(hostsValidations(cluster)),
  network: sorted(networkValidations(cluster.settings)),
  operators: sorted(operatorValidations(cluster.settings)),
});

export const withValidations = (cluster: Cluster): Cluster => ({
  ...cluster,
  validationsInfo: JSON.stringify(clusterValidations(cluster)),
});

/** The cluster as the monitor writes it back; its status stays, since nothing that it looks at can change it. */
export const refreshed = (cluster: Cluster, now: Date): Cluster =>
  withValidations({ ...cluster, statusUpdatedAt: now.toISOString(), version: cluster.version + 1 });
