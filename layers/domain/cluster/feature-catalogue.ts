import { operatorCatalogue } from '../catalogues/operator-catalogue.ts';
import type { AskedSettings } from './asked-settings.ts';
import type { Platform, PlatformType } from './platform.ts';

/** A feature that a cluster has when it asks for something. */
interface ClusterFeature {
  /** The least that it has to ask for. */
  readonly asks: AskedSettings;
  /** The platforms on which there is such a feature; absent: all. */
  readonly platforms?: readonly PlatformType[];
}

const machineV4 = { cidr: '192.0.2.0/24' };
const machineV6 = { cidr: '2001:db8::/64' };
const clusterV4 = { cidr: '10.128.0.0/14', host_prefix: 23 };
const clusterV6 = { cidr: 'fd01::/48', host_prefix: 64 };
const serviceV4 = { cidr: '172.30.0.0/16' };
const serviceV6 = { cidr: 'fd02::/112' };

const dualStack: AskedSettings = {
  machine_networks: [machineV4, machineV6],
  cluster_networks: [clusterV4, clusterV6],
  service_networks: [serviceV4, serviceV6],
};

/** The id of an operator's feature in the published API. */
const operatorFeatureId = (name: string): string =>
  name === 'numaresources' ? 'NUMA_RESOURCES' : name.toUpperCase().replaceAll('-', '_');

const operatorFeatures = [...operatorCatalogue.keys()].map((name): [string, ClusterFeature] => [
  operatorFeatureId(name),
  { asks: { olm_operators: [{ name }] } },
]);

/** Features of the published API that are a matter of a cluster's settings, platforms apart. */
export const clusterFeatures: Readonly<Record<string, ClusterFeature>> = {
  SNO: { asks: { control_plane_count: 1 } },
  TNA: { asks: { control_plane_count: 2 } },
  NON_STANDARD_HA_CONTROL_PLANE: { asks: { control_plane_count: 4 } },
  VIP_AUTO_ALLOC: { asks: { vip_dhcp_allocation: true } },
  CLUSTER_MANAGED_NETWORKING: { asks: { user_managed_networking: false } },
  USER_MANAGED_NETWORKING: { asks: { user_managed_networking: true } },
  PLATFORM_MANAGED_NETWORKING: { asks: { user_managed_networking: true }, platforms: ['none', 'external'] },
  USER_MANAGED_LOAD_BALANCER: { asks: { load_balancer: { type: 'user-managed' } } },
  DUAL_STACK: { asks: dualStack },
  DUAL_STACK_PRIMARY_IPV6: {
    asks: {
      machine_networks: [machineV6, machineV4],
      cluster_networks: [clusterV6, clusterV4],
      service_networks: [serviceV6, serviceV4],
    },
  },
  DUAL_STACK_VIPS: {
    asks: {
      ...dualStack,
      api_vips: [{ ip: '192.0.2.2' }, { ip: '2001:db8::2' }],
      ingress_vips: [{ ip: '192.0.2.3' }, { ip: '2001:db8::3' }],
    },
  },
  OVN_NETWORK_TYPE: { asks: { network_type: 'OVNKubernetes' } },
  SDN_NETWORK_TYPE: { asks: { network_type: 'OpenShiftSDN' } },
  CILIUM_NETWORK_TYPE: { asks: { network_type: 'Cilium' } },
  CALICO_NETWORK_TYPE: { asks: { network_type: 'Calico' } },
  CISCO_ACI_NETWORK_TYPE: { asks: { network_type: 'CiscoACI' } },
  NONE_NETWORK_TYPE: { asks: { network_type: 'None' } },
  ...Object.fromEntries(operatorFeatures),
};

/** The external platforms differ in nothing but their names. */
const externalPlatform = (name = 'other'): Platform => ({ type: 'external', external: { platform_name: name } });

/** A platform by its type and, of external ones alone, its name. */
export const platformOf = (type: PlatformType, externalName?: string): Platform =>
  type === 'external' ? externalPlatform(externalName) : { type };

/** Features of the published API that are platforms. */
export const platformFeatures: Readonly<Record<string, Platform>> = {
  BAREMETAL_PLATFORM: { type: 'baremetal' },
  NONE_PLATFORM: { type: 'none' },
  NUTANIX_INTEGRATION: { type: 'nutanix' },
  VSPHERE_INTEGRATION: { type: 'vsphere' },
  EXTERNAL_PLATFORM: externalPlatform(),
  EXTERNAL_PLATFORM_OCI: externalPlatform('oci'),
};

/** Whether this service offers the features that no cluster asks for; the last two would need hosts. */
export const otherFeatures: Readonly<Record<string, boolean>> = {
  CUSTOM_MANIFEST: true,
  FULL_ISO: true,
  MINIMAL_ISO: true,
  SINGLE_NODE_EXPANSION: false,
  TNF: false,
};
