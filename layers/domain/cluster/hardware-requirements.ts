import { operatorCatalogue } from '../catalogues/operator-catalogue.ts';
import { operatorHardware } from '../catalogues/operator-hardware.ts';
import { isAtLeast } from '../values/version.ts';
import type { Cluster } from './cluster.ts';
import type { HighAvailabilityMode } from './control-plane.ts';
import { needsOf } from './operators.ts';
import { hasRole, type NodeRole } from './role-set.ts';

const everyNode = { disk_size_gb: 100, installation_disk_speed_threshold_ms: 10 };

/** One node does without thresholds of the network between nodes. */
const singleNode = (openshiftVersion: string) => ({
  ...everyNode,
  cpu_cores: isAtLeast(openshiftVersion, '4.22') ? 4 : 8,
  ram_mib: 16_384,
});

const controlPlaneNode = {
  ...everyNode,
  cpu_cores: 4,
  ram_mib: 16_384,
  network_latency_threshold_ms: 100,
  packet_loss_percentage: 0,
};

const workerNode = {
  ...everyNode,
  cpu_cores: 2,
  ram_mib: 8192,
  network_latency_threshold_ms: 1000,
  packet_loss_percentage: 10,
};

const needsTpm = ({ settings: { disk_encryption: encryption } }: Cluster, role: NodeRole): boolean => {
  const { mode, enable_on: roles = 'none' } = encryption ?? {};
  return mode === 'tpmv2' && hasRole(roles, role);
};

const withTpm = (cluster: Cluster, role: NodeRole) => (needsTpm(cluster, role) ? { tpm_enabled_in_bios: true } : {});

const ofOpenshift = (cluster: Cluster, mode: HighAvailabilityMode) => {
  const master = mode === 'None' ? singleNode(cluster.openshiftVersion) : controlPlaneNode;
  return {
    master: { quantitative: { ...master, ...withTpm(cluster, 'masters') }, qualitative: [] },
    worker: { quantitative: { ...workerNode, ...withTpm(cluster, 'workers') }, qualitative: [] },
  };
};

/**
 * What hosts of the cluster will need, as `GET …/preflight-requirements` shows it: for OpenShift, and on top of it for
 * each operator of the catalogue, chosen or not (assisted-service API).
 */
export const hardwareRequirements = (cluster: Cluster) => {
  const { openshiftVersion, settings } = cluster;
  const mode = settings.high_availability_mode ?? 'Full';
  return {
    ocp: ofOpenshift(cluster, mode),
    operators: [...operatorCatalogue.keys()].map((name) => {
      const size = { isSingleNode: mode === 'None', openshiftVersion };
      const { master = {}, worker = {}, also = [] } = operatorHardware(name, size);
      return {
        operator_name: name,
        dependencies: needsOf(name, mode),
        requirements: {
          master: { quantitative: master, qualitative: also },
          worker: { quantitative: worker, qualitative: also },
        },
      };
    }),
  };
};
