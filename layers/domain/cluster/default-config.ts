import { clusterIdleSeconds } from './cluster.ts';
import { defaultClusterNetworks, defaultServiceNetworks } from './settled-settings.ts';

const clusterNetworkIpv6 = { cidr: 'fd01::/48', host_prefix: 64 };
const serviceNetworkIpv6 = { cidr: 'fd02::/112' };

/** Names that a host gives itself when nobody has named it: no node may have one. */
const forbiddenHostnames = [
  'localhost',
  'localhost.localdomain',
  'localhost4',
  'localhost4.localdomain4',
  'localhost6',
  'localhost6.localdomain6',
];

/** What a cluster has that asks for nothing, in the vocabulary of `GET /v2/clusters/default-config`. */
export const defaultConfig = () => {
  const [clusterNetworks, serviceNetworks] = [defaultClusterNetworks(), defaultServiceNetworks()];
  return {
    cluster_network_cidr: clusterNetworks[0]?.cidr,
    cluster_network_host_prefix: clusterNetworks[0]?.host_prefix,
    service_network_cidr: serviceNetworks[0]?.cidr,
    cluster_networks_ipv4: clusterNetworks,
    cluster_networks_dualstack: [...clusterNetworks, clusterNetworkIpv6],
    service_networks_ipv4: serviceNetworks,
    service_networks_dualstack: [...serviceNetworks, serviceNetworkIpv6],
    inactive_deletion_hours: clusterIdleSeconds / 3600,
    /** No time source is added on its own. */
    ntp_source: '',
    forbidden_hostnames: forbiddenHostnames,
  };
};
