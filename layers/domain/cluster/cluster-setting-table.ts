import * as z from 'zod';
import {
  asItIs,
  readClusterNetworks,
  readEndpoint,
  readLoadBalancer,
  readMachineNetworks,
  readNetworks,
  readOperators,
  readVips,
} from './cluster-setting-readings.ts';
import type { ClusterSettingRow } from './cluster-setting-row.ts';
import {
  askedBundles,
  askedClusterNetworks,
  askedDiskEncryption,
  askedEndpoint,
  askedLoadBalancer,
  askedNetworks,
  askedOperators,
  askedPlatform,
  askedVips,
  highAvailabilityMode,
  networkType,
  roleSet,
  storedBundles,
  storedClusterNetworks,
  storedDiskEncryption,
  storedEndpoint,
  storedLoadBalancer,
  storedNetworks,
  storedOperators,
  storedPlatform,
  storedVips,
  text,
  workerCount,
} from './cluster-setting-shapes.ts';
import {
  shownAsJson,
  shownBundles,
  shownClusterNetworks,
  shownFlag,
  shownInteger,
  shownLoadBalancer,
  shownNetworks,
  shownObject,
  shownPlatform,
  shownText,
  shownVips,
} from './shown-cluster-settings.ts';

const bothCalls = ['registration', 'update'] as const;

const itsName = 'What the installed cluster is called: entered at the rendezvous host';
const insideNetworks = 'Networks inside the installed cluster: entered at the rendezvous host';
const reachedBy = 'How the installed cluster is reached: entered at the rendezvous host';
const fromHosts = 'What the hosts become: decided once they have been discovered';
const forInstalled = 'The infra-env has its own, for its hosts; these are for the installed cluster';
const ofInfraEnv = 'The infra-env has its own, for its hosts';
const machineConfiguration = 'Machine configuration of installed hosts, which the installed cluster serves';
const intoRunning = 'Installed into the running cluster, from what the ISO holds';
const forPeople = 'For people who look through lists of clusters';
const ofInstallConfig = 'An install-config among its inputs makes the binary drop pull secret and mirrors';

/**
 * The settings of a cluster, each in one row; everything else that lists settings is derived from it. In the order in which
 * requests have them.
 */
const rows = {
  high_availability_mode: {
    description: '`None` for a single node',
    calls: ['registration'],
    asked: highAvailabilityMode,
    stored: z.exactOptional(highAvailabilityMode),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: {
      interactive: fromHosts,
      prefilled: '`provisionRequirements` of agent-cluster-install.yaml',
      unattended: '`replicas` in install-config.yaml',
    },
  },
  base_dns_domain: {
    description: 'base domain of the cluster; all of its DNS records lie below it',
    calls: bothCalls,
    asked: text,
    stored: z.exactOptional(text),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: {
      interactive: itsName,
      prefilled: 'cluster-deployment.yaml',
      unattended: '`baseDomain` of install-config.yaml',
    },
  },
  cluster_networks: {
    description: 'blocks that pods get their addresses from; at first 10.128.0.0/14 with host prefix 23',
    calls: bothCalls,
    asked: askedClusterNetworks,
    stored: storedClusterNetworks,
    empty: [],
    read: readClusterNetworks,
    overlay: 'whole',
    answer: shownClusterNetworks,
    lands: {
      interactive: insideNetworks,
      prefilled: '`networking` of agent-cluster-install.yaml',
      unattended: '`networking` of install-config.yaml',
    },
  },
  service_networks: {
    description: 'blocks that services get their addresses from; at first 172.30.0.0/16',
    calls: bothCalls,
    asked: askedNetworks,
    stored: storedNetworks,
    empty: [],
    read: readNetworks,
    overlay: 'whole',
    answer: shownNetworks,
    lands: {
      interactive: insideNetworks,
      prefilled: '`networking` of agent-cluster-install.yaml',
      unattended: '`networking` of install-config.yaml',
    },
  },
  machine_networks: {
    description: 'blocks that the hosts have their addresses in; two, one of each family, for dual stack',
    calls: bothCalls,
    asked: askedNetworks,
    stored: storedNetworks,
    empty: [],
    read: readMachineNetworks,
    overlay: 'whole',
    answer: shownNetworks,
    lands: {
      interactive: insideNetworks,
      prefilled: '`networking` of agent-cluster-install.yaml; without any, those of the static networks',
      unattended: '`networking` of install-config.yaml; without any, those of the static networks',
    },
  },
  api_vips: {
    description: 'virtual addresses of the API, at most one of each family',
    calls: bothCalls,
    asked: askedVips,
    stored: storedVips,
    empty: [],
    read: readVips,
    overlay: 'whole',
    answer: shownVips,
    lands: {
      interactive: reachedBy,
      prefilled: 'agent-cluster-install.yaml',
      unattended: '`platform.baremetal` of install-config.yaml',
    },
  },
  ingress_vips: {
    description: 'virtual addresses of the ingress, as many as of the API',
    calls: bothCalls,
    asked: askedVips,
    stored: storedVips,
    empty: [],
    read: readVips,
    overlay: 'whole',
    answer: shownVips,
    lands: {
      interactive: reachedBy,
      prefilled: 'agent-cluster-install.yaml',
      unattended: '`platform.baremetal` of install-config.yaml',
    },
  },
  vip_dhcp_allocation: {
    description: 'whether DHCP gives the virtual addresses',
    calls: bothCalls,
    asked: z.boolean(),
    stored: z.exactOptional(z.boolean()),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownFlag,
    lands: {
      interactive: reachedBy,
      prefilled: 'nowhere: no release takes it',
      unattended: 'nowhere: no release takes it',
    },
  },
  user_managed_networking: {
    description: 'whether the user manages load balancing and DNS; deprecated in favour of platform `none`',
    calls: bothCalls,
    asked: z.boolean(),
    stored: z.exactOptional(z.boolean()),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownFlag,
    lands: {
      interactive: reachedBy,
      prefilled: '`networking` of agent-cluster-install.yaml',
      unattended: 'by `platform`',
    },
  },
  load_balancer: {
    description: 'who provides the load balancer',
    calls: bothCalls,
    asked: askedLoadBalancer,
    stored: z.exactOptional(storedLoadBalancer),
    empty: undefined,
    read: readLoadBalancer,
    overlay: 'whole',
    answer: shownLoadBalancer,
    lands: {
      interactive: reachedBy,
      prefilled: 'agent-cluster-install.yaml',
      unattended: '`platform.baremetal` of install-config.yaml',
    },
  },
  network_type: {
    description: 'at first OVNKubernetes',
    calls: bothCalls,
    asked: networkType,
    stored: z.exactOptional(networkType),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: {
      interactive: insideNetworks,
      prefilled: '`networking` of agent-cluster-install.yaml',
      unattended: '`networking` of install-config.yaml',
    },
  },
  http_proxy: {
    description: '`http://user:password@host:port`',
    calls: bothCalls,
    asked: text,
    stored: z.exactOptional(text),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: {
      interactive: forInstalled,
      prefilled: "`proxy` of agent-cluster-install.yaml; the hosts' too, if the infra-env has none",
      unattended: "`proxy` of install-config.yaml; the hosts' too, if the infra-env has none",
    },
  },
  https_proxy: {
    description: '`http://user:password@host:port`',
    calls: bothCalls,
    asked: text,
    stored: z.exactOptional(text),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: {
      interactive: forInstalled,
      prefilled: "`proxy` of agent-cluster-install.yaml; the hosts' too, if the infra-env has none",
      unattended: "`proxy` of install-config.yaml; the hosts' too, if the infra-env has none",
    },
  },
  no_proxy: {
    description: '`*`, or a comma-separated list of domains, addresses and CIDRs that are reached without the proxy',
    calls: bothCalls,
    asked: text,
    stored: z.exactOptional(text),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: {
      interactive: forInstalled,
      prefilled: "`proxy` of agent-cluster-install.yaml; the hosts' too, if the infra-env has none",
      unattended: "`proxy` of install-config.yaml; the hosts' too, if the infra-env has none",
    },
  },
  additional_ntp_source: {
    description:
      'comma-separated names or addresses of time sources beside those of the network; excludes `ntp_sources`',
    calls: bothCalls,
    asked: text,
    stored: z.exactOptional(text),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: {
      interactive: forInstalled,
      prefilled: '`ntpSources` of agent-cluster-install.yaml, and beside those of the infra-env',
      unattended: 'the same, and `additionalNTPSources` of agent-config.yaml',
    },
  },
  ntp_sources: {
    description: 'comma-separated names or addresses of the only time sources',
    calls: bothCalls,
    asked: text,
    stored: z.exactOptional(text),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: {
      interactive: forInstalled,
      prefilled: '`ntpSources` of agent-cluster-install.yaml, and beside those of the infra-env',
      unattended: 'the same, and `additionalNTPSources` of agent-config.yaml',
    },
  },
  control_plane_count: {
    description: 'how many control plane nodes: 1, or 3 to 5 (2 to 5 from 4.19 on)',
    calls: bothCalls,
    asked: z.int(),
    stored: z.exactOptional(z.int()),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownInteger,
    lands: {
      interactive: fromHosts,
      prefilled: '`provisionRequirements` of agent-cluster-install.yaml',
      unattended: '`replicas` in install-config.yaml',
    },
  },
  worker_count: {
    description: 'our own: how many worker nodes an installation that starts by itself has',
    calls: bothCalls,
    asked: workerCount,
    stored: z.exactOptional(workerCount),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownInteger,
    lands: {
      interactive: fromHosts,
      prefilled: '`provisionRequirements` of agent-cluster-install.yaml',
      unattended: '`replicas` in install-config.yaml, and how many hosts the installation waits for',
    },
  },
  platform: {
    description: 'where the cluster is installed; at first baremetal',
    calls: bothCalls,
    asked: askedPlatform,
    stored: z.exactOptional(storedPlatform),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownPlatform,
    lands: {
      interactive: fromHosts,
      prefilled: '`platformType` and `external` of agent-cluster-install.yaml',
      unattended: '`platform` of install-config.yaml',
    },
  },
  hyperthreading: {
    description: 'the roles whose nodes have hyperthreading',
    calls: bothCalls,
    asked: roleSet,
    stored: z.exactOptional(roleSet),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: {
      interactive: machineConfiguration,
      prefilled: '`controlPlane` and `compute` of agent-cluster-install.yaml',
      unattended: 'added to the agent-cluster-install.yaml that config-image made',
    },
  },
  schedulable_masters: {
    description: 'whether workloads run on control plane nodes too',
    calls: bothCalls,
    asked: z.boolean(),
    stored: z.exactOptional(z.boolean()),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownFlag,
    lands: {
      interactive: fromHosts,
      prefilled: 'agent-cluster-install.yaml',
      unattended: 'added to the agent-cluster-install.yaml that config-image made',
    },
  },
  disk_encryption: {
    description: 'the roles whose installation disks are encrypted, and how',
    calls: bothCalls,
    asked: askedDiskEncryption,
    stored: z.exactOptional(storedDiskEncryption),
    empty: undefined,
    read: asItIs,
    overlay: 'members',
    answer: shownObject,
    lands: {
      interactive: machineConfiguration,
      prefilled: 'agent-cluster-install.yaml',
      unattended: 'added to the agent-cluster-install.yaml that config-image made',
    },
  },
  ssh_public_key: {
    description: 'SSH public keys for debugging nodes, one per line',
    calls: bothCalls,
    asked: text,
    stored: z.exactOptional(text),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: {
      interactive: ofInfraEnv,
      prefilled: "`sshPublicKey` of agent-cluster-install.yaml; the hosts' too, if the infra-env has none",
      unattended: "`sshKey` of install-config.yaml; the hosts' too, if the infra-env has none",
    },
  },
  tags: {
    description: 'comma-separated; letters, digits, underscores and spaces',
    calls: bothCalls,
    asked: text,
    stored: z.exactOptional(text),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownText,
    lands: { interactive: forPeople, prefilled: 'nowhere', unattended: 'nowhere' },
  },
  olm_operators: {
    description: 'operators to install',
    calls: bothCalls,
    asked: askedOperators,
    stored: storedOperators,
    empty: [],
    read: readOperators,
    overlay: 'whole',
    answer: undefined,
    lands: { interactive: intoRunning, prefilled: 'operators.yaml', unattended: 'operators.yaml' },
  },
  operator_bundles: {
    description: 'sets of operators to install',
    calls: bothCalls,
    asked: askedBundles,
    stored: storedBundles,
    empty: [],
    read: asItIs,
    overlay: 'whole',
    answer: shownBundles,
    lands: {
      interactive: intoRunning,
      prefilled: 'operators.yaml, as the operators that they bring',
      unattended: 'operators.yaml, as the operators that they bring',
    },
  },
  ignition_endpoint: {
    description: 'where hosts get their ignition from, instead of the cluster itself',
    calls: bothCalls,
    asked: askedEndpoint,
    stored: z.exactOptional(storedEndpoint),
    empty: undefined,
    read: readEndpoint,
    overlay: 'members',
    answer: shownObject,
    lands: {
      interactive: machineConfiguration,
      prefilled: 'refused: the site takes it from no file',
      unattended: 'refused: the site takes it from no file',
    },
  },
  install_config_overrides: {
    description: 'JSON text; install-config-overrides.ts says what it may hold',
    calls: [],
    asked: text,
    stored: z.exactOptional(text),
    empty: undefined,
    read: asItIs,
    overlay: 'whole',
    answer: shownAsJson,
    lands: {
      interactive: ofInstallConfig,
      prefilled: 'annotation of agent-cluster-install.yaml',
      unattended: 'install-config.yaml, and an annotation of agent-cluster-install.yaml',
    },
  },
} as const;

type Rows = typeof rows;

export type ClusterSettingKey = keyof Rows;

/** The keys of a row's part, and their types. */
export type ClusterSettingParts<Part extends 'asked' | 'stored'> = {
  readonly [Key in ClusterSettingKey]: Rows[Key][Part];
};

export type AskedValues = { [Key in ClusterSettingKey]: z.infer<Rows[Key]['asked']> };
export type StoredValues = { [Key in ClusterSettingKey]: z.infer<Rows[Key]['stored']> };

/** The settings that a call takes. */
export type AskedKey<Call extends (typeof bothCalls)[number]> = {
  [Key in ClusterSettingKey]: Call extends Rows[Key]['calls'][number] ? Key : never;
}[ClusterSettingKey];

/** The settings that an answer shows. */
type ShownKey = {
  [Key in ClusterSettingKey]: Rows[Key]['answer'] extends undefined ? never : Key;
}[ClusterSettingKey];

export type ShownSchemas = { readonly [Key in ShownKey]: NonNullable<Rows[Key]['answer']>['schema'] };

/** A row that lacks anything does not compile here. */
export const clusterSettingTable: {
  readonly [Key in ClusterSettingKey]: ClusterSettingRow<AskedValues[Key], StoredValues[Key]>;
} = rows;

/** In the order of the table. */
export const clusterSettingKeys = Object.keys(rows) as readonly ClusterSettingKey[];

/** One part of every row. */
export const clusterSettingParts = <Part extends 'asked' | 'stored'>(part: Part): ClusterSettingParts<Part> =>
  Object.fromEntries(clusterSettingKeys.map((key) => [key, rows[key][part]])) as ClusterSettingParts<Part>;
