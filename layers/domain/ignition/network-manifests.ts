import { networkDocument } from '../infra-env/network-yaml.ts';
import type { HostNetwork } from '../infra-env/static-network.ts';
import { writeManifest } from './manifest-yaml.ts';

/** What distinguishes the hosts' networks of one infra-env from those of another (assisted-service API). */
export const networkLabels = (infraEnvId: string) => ({ 'agent-install.openshift.io/infraenv-id': infraEnvId });

const hostManifest = (network: HostNetwork, host: number, infraEnvId: string) => ({
  apiVersion: 'agent-install.openshift.io/v1beta1',
  kind: 'NMStateConfig',
  // The binary refuses a host without a label.
  metadata: { name: `nmstate-config-${host}`, labels: networkLabels(infraEnvId) },
  spec: {
    config: networkDocument(network),
    interfaces: network.mac_interface_map.map(({ logical_nic_name, mac_address }) => ({
      name: logical_nic_name,
      macAddress: mac_address,
    })),
  },
});

/** nmstateconfig.yaml: one document per host, in the user's order. */
export const networkManifest = (hosts: readonly HostNetwork[], infraEnvId: string): string =>
  hosts.map((network, host) => writeManifest(hostManifest(network, host, infraEnvId))).join('---\n');
