import { agentConfigShape } from './manifest-shapes.ts';
import type { Shape } from './shape.ts';

const network: Shape = { list: { struct: 'MachineNetworkEntry', fields: { cidr: 'string' } } };
const pool: Shape = {
  struct: 'MachinePool',
  fields: { name: 'string', replicas: 'number', platform: 'any', hyperthreading: 'string', architecture: 'string' },
};

/** What install-config.yaml may say, of the platforms that need no password. */
export const siteInstallConfigShape: Shape = {
  struct: 'InstallConfig',
  fields: {
    apiVersion: 'string',
    metadata: { struct: 'ObjectMeta', fields: { name: 'string' } },
    additionalTrustBundle: 'string',
    additionalTrustBundlePolicy: 'string',
    sshKey: 'string',
    baseDomain: 'string',
    networking: {
      struct: 'Networking',
      fields: {
        networkType: 'string',
        machineNetwork: network,
        clusterNetwork: { list: { struct: 'ClusterNetworkEntry', fields: { cidr: 'string', hostPrefix: 'number' } } },
        serviceNetwork: { list: 'string' },
      },
    },
    controlPlane: pool,
    arbiter: pool,
    compute: { list: pool },
    platform: {
      struct: 'Platform',
      fields: {
        baremetal: {
          struct: 'Platform',
          fields: {
            apiVIPs: { list: 'string' },
            ingressVIPs: { list: 'string' },
            provisioningNetwork: 'string',
            additionalNTPServers: { list: 'string' },
            loadBalancer: 'any',
            hosts: { list: 'any' },
          },
        },
        none: { struct: 'Platform', fields: {} },
        external: { struct: 'Platform', fields: { platformName: 'string', cloudControllerManager: 'string' } },
      },
    },
    pullSecret: 'string',
    proxy: { struct: 'Proxy', fields: { httpProxy: 'string', httpsProxy: 'string', noProxy: 'string' } },
    imageContentSources: { list: 'any' },
    imageDigestSources: { list: 'any' },
    publish: 'string',
    fips: 'boolean',
    cpuPartitioningMode: 'string',
    credentialsMode: 'string',
    bootstrapInPlace: 'any',
    capabilities: 'any',
    featureSet: 'string',
    featureGates: { list: 'string' },
  },
};

const hints: Shape = {
  struct: 'RootDeviceHints',
  fields: {
    deviceName: 'string',
    hctl: 'string',
    model: 'string',
    vendor: 'string',
    serialNumber: 'string',
    minSizeGigabytes: 'number',
    wwn: 'string',
    wwnWithExtension: 'string',
    wwnVendorExtension: 'string',
    rotational: 'boolean',
  },
};

const host: Shape = {
  struct: 'Host',
  fields: {
    hostname: 'string',
    role: 'string',
    rootDeviceHints: hints,
    interfaces: { list: { struct: 'Interface', fields: { name: 'string', macAddress: 'string' } } },
    networkConfig: 'any',
  },
};

/** agent-config.yaml, its hosts decoded as strictly as the rest. */
export const siteAgentConfigShape: Shape =
  typeof agentConfigShape === 'object' && 'struct' in agentConfigShape
    ? { struct: agentConfigShape.struct, fields: { ...agentConfigShape.fields, hosts: { list: host } } }
    : 'any';
