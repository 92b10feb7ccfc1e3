import { beforeAll, describe, expect, it } from 'vitest';
import { clusterSettings, hosts, networks } from '#test/domain/installation/sites.ts';
import { type Call, newCluster, newInfraEnv, world } from './world.ts';

const { serve, dependencies } = await world();
const call = serve();

const withHost = (index: number, changes: object) => ({
  hosts: hosts.map((host, at) => (at === index ? { ...host, ...changes } : host)),
});
const hint = (root_device_hints: object) => withHost(1, { root_device_hints });
const mac = (index: number) => `52:54:00:00:00:0${index}`;

interface Wrong {
  readonly what: string;
  /** Of the cluster. */
  readonly cluster?: object;
  /** Its install-config. */
  readonly overrides?: object;
  /** Of the infra-env. */
  readonly infraEnv?: object;
  /** Our field; in the published API's own words where its checks come first. */
  readonly says: RegExp;
}

const ofBoth: readonly Wrong[] = [
  { what: 'a VIP outside the machine network', cluster: { api_vips: [{ ip: '198.51.100.2' }] }, says: /api-vip <198/ },
  { what: 'a VIP that is the rendezvous address', cluster: { api_vips: [{ ip: '192.0.2.10' }] }, says: /api_vips/ },
  {
    what: 'a VIP that is the address of a host',
    cluster: { ingress_vips: [{ ip: '192.0.2.14' }] },
    says: /ingress_vips/,
  },
  { what: 'two equal VIPs', cluster: { ingress_vips: [{ ip: '192.0.2.2' }] }, says: /ingress/ },
  { what: 'a VIP that is no address', cluster: { api_vips: [{ ip: '999.1.1.1' }] }, says: /VIP ip 999/ },
  {
    what: 'a service network over the cluster network',
    cluster: { service_networks: [{ cidr: '10.128.0.0/16' }] },
    says: /cluster_networks|ServiceNetworkCidr and ClusterNetworkCidr/,
  },
  {
    what: 'a cluster network over the machine network',
    cluster: { cluster_networks: [{ cidr: '192.0.0.0/16', host_prefix: 23 }] },
    says: /cluster_networks|MachineNetworkCIDR and ClusterNetworkCidr/,
  },
  {
    what: 'a service network over the machine network',
    cluster: { service_networks: [{ cidr: '192.0.2.0/24' }] },
    says: /service_networks|MachineNetworkCIDR and ServiceNetworkCIDR/,
  },
  {
    what: 'host prefix 33',
    cluster: { cluster_networks: [{ cidr: '10.128.0.0/14', host_prefix: 33 }] },
    says: /cluster_networks|Host prefix, now 33/,
  },
  {
    what: 'a host prefix wider than its network',
    cluster: { cluster_networks: [{ cidr: '10.128.0.0/24', host_prefix: 23 }] },
    says: /cluster_networks|Cluster network CIDR prefix 24/,
  },
  {
    what: 'bits behind the prefix',
    cluster: { machine_networks: [{ cidr: '192.0.2.1/24' }] },
    says: /machine_networks|Machine Network CIDR/,
  },
  {
    what: 'an operator that the ISO does not carry',
    cluster: { olm_operators: [{ name: 'metallb' }] },
    says: /olm_operators/,
  },
  {
    what: 'an operator that nobody knows',
    cluster: { olm_operators: [{ name: 'kubevirt-hyperconverged' }] },
    says: /kubevirt-hyperconverged/,
  },
  {
    what: 'an operator that needs one that the ISO does not carry',
    cluster: { olm_operators: [{ name: 'self-node-remediation' }] },
    says: /olm_operators/,
  },
  {
    what: 'properties of an operator that are not JSON',
    cluster: { olm_operators: [{ name: 'nmstate', properties: '{' }] },
    says: /olm_operators/,
  },
  { what: 'an unknown feature set', overrides: { featureSet: 'Foo' }, says: /install_config_overrides\.featureSet/ },
  {
    what: 'feature gates without their set',
    overrides: { featureGates: ['A=true'] },
    says: /install_config_overrides\.featureGates/,
  },
  {
    what: 'a feature gate of another form',
    overrides: { featureSet: 'CustomNoUpgrade', featureGates: ['x y'] },
    says: /install_config_overrides\.featureGates/,
  },
  {
    what: 'an unknown set of capabilities',
    overrides: { capabilities: { baselineCapabilitySet: 'vFoo' } },
    says: /install_config_overrides\.capabilities/,
  },
  {
    what: 'no capabilities on bare metal',
    overrides: { capabilities: { baselineCapabilitySet: 'None' } },
    says: /install_config_overrides\.capabilities/,
  },
  {
    what: 'one MAC address in two spellings',
    infraEnv: {
      hosts: hosts.map((host, at) => ({
        ...host,
        mac_addresses: at === 1 ? ['52:54:00:00:00:AB'] : [at === 2 ? '52:54:00:00:00:ab' : mac(at)],
      })),
    },
    says: /hosts\[2\]\.mac_addresses/,
  },
  {
    what: 'a MAC address that is none',
    infraEnv: withHost(1, { mac_addresses: ['52:54:00'] }),
    says: /hosts\.1\.mac_addresses/,
  },
  {
    what: 'two hosts of one name',
    infraEnv: withHost(1, { hostname: hosts[0]?.hostname }),
    says: /hosts\[1\]\.hostname/,
  },
  { what: 'a host name in capitals', infraEnv: withHost(1, { hostname: 'Node-1' }), says: /hosts\[1\]\.hostname/ },
  {
    what: 'a host called localhost',
    infraEnv: withHost(1, { hostname: 'localhost.localdomain' }),
    says: /hosts\[1\]\.hostname/,
  },
  { what: 'an unknown role', infraEnv: withHost(1, { role: 'boss' }), says: /hosts\.1\.role/ },
  {
    what: 'a disk outside /dev',
    infraEnv: hint({ deviceName: 'sda' }),
    says: /hosts\[1\]\.root_device_hints\.deviceName/,
  },
  {
    what: 'a SCSI address of three numbers',
    infraEnv: hint({ hctl: '0:0:0' }),
    says: /hosts\[1\]\.root_device_hints\.hctl/,
  },
  {
    what: 'a hint that no disk matches',
    infraEnv: hint({ wwn_with_extension: '0x1' }),
    says: /hosts\[1\]\.root_device_hints\.wwnWithExtension/,
  },
  {
    what: 'a size as a text',
    infraEnv: hint({ minSizeGigabytes: '120' }),
    says: /hosts\.1\.root_device_hints\.minSizeGigabytes/,
  },
  { what: 'an unknown hint', infraEnv: hint({ colour: 'red' }), says: /unknown field "colour"/ },
  { what: 'a worker as rendezvous host', infraEnv: { rendezvous_ip: '192.0.2.14' }, says: /rendezvous_ip/ },
  { what: 'four hosts of role master', infraEnv: withHost(3, { role: 'master' }), says: /hosts/ },
];

const ofUnattended: readonly Wrong[] = [
  { what: 'a rendezvous address that no host has', infraEnv: { rendezvous_ip: '192.0.2.99' }, says: /rendezvous_ip/ },
  { what: 'no base domain', cluster: { base_dns_domain: '' }, says: /base_dns_domain/ },
  { what: 'a base domain of one label', cluster: { base_dns_domain: 'example' }, says: /base_dns_domain/ },
  { what: 'no VIPs', cluster: { api_vips: [], ingress_vips: [] }, says: /api_vips/ },
  { what: 'fewer hosts than nodes', cluster: { worker_count: 3 }, says: /hosts/ },
  { what: 'more hosts than nodes', cluster: { worker_count: 1 }, says: /hosts/ },
  { what: 'network type Calico', cluster: { network_type: 'Calico' }, says: /network_type/ },
  { what: 'platform vsphere', cluster: { platform: { type: 'vsphere' } }, says: /platform/ },
  { what: 'no hosts', infraEnv: { hosts: [] }, says: /hosts/ },
  {
    what: 'a static network that belongs to no host',
    infraEnv: { hosts: hosts.map((host, at) => ({ ...host, mac_addresses: [`52:54:00:00:01:0${at}`] })) },
    says: /static_network_config\[0\]/,
  },
];

const goodCluster = { ...newCluster, ...clusterSettings, worker_count: 2 };
const goodInfraEnv = { hosts, static_network_config: networks, rendezvous_ip: '192.0.2.10' };

interface Answer {
  readonly status: number | undefined;
  readonly reason: unknown;
}
const answerOf = ({ status, body }: Awaited<ReturnType<Call>>): Answer => ({
  status,
  reason: body?.reason ?? body?.message,
});

const registered = async (installation: string) => {
  const { id: clusterId } = (await call('POST', '/v2/clusters', goodCluster)).body;
  // Registered with another type: only the workflow, which is not here, completes the registration of a disconnected one.
  const { id: infraEnvId } = (await call('POST', '/v2/infra-envs', newInfraEnv(clusterId, { image_type: 'full-iso' })))
    .body;
  const change = { image_type: 'disconnected-iso', installation, ...goodInfraEnv };
  expect(answerOf(await call('PATCH', `/v2/infra-envs/${infraEnvId}`, change))).toEqual({
    status: 201,
    reason: undefined,
  });
  return { clusterId, infraEnvId };
};

describe.each([
  { installation: 'prefilled', wrong: ofBoth },
  { installation: 'unattended', wrong: [...ofBoth, ...ofUnattended] },
])('what no $installation site could be installed with', ({ installation, wrong }) => {
  let given: { readonly clusterId: string; readonly infraEnvId: string };
  const stored = () =>
    Promise.all([dependencies.clusters.get(given.clusterId), dependencies.infraEnvs.get(given.infraEnvId)]);
  beforeAll(async () => {
    given = await registered(installation);
  });

  /** The one request that brings the wrong value along. */
  const change = ({ cluster, overrides, infraEnv }: Wrong) => {
    const path = `/v2/clusters/${given.clusterId}`;
    if (cluster !== undefined) return call('PATCH', path, cluster);
    if (overrides !== undefined) return call('PATCH', `${path}/install-config`, JSON.stringify(overrides));
    return call('PATCH', `/v2/infra-envs/${given.infraEnvId}`, infraEnv);
  };

  it.each(wrong)('is refused at once with our field: $what', async (value) => {
    const before = await stored();
    expect(answerOf(await change(value))).toEqual({ status: 400, reason: expect.stringMatching(value.says) });
    expect(await stored()).toEqual(before);
  });

  it.each(wrong.filter(({ overrides }) => overrides === undefined))(
    'is refused at the registration with our field: $what',
    async ({ cluster = {}, infraEnv = {}, says }) => {
      const made = await call('POST', '/v2/clusters', { ...goodCluster, ...cluster });
      const asked = newInfraEnv(made.body.id, { installation, ...goodInfraEnv, ...infraEnv });
      const answer = made.status === 201 ? await call('POST', '/v2/infra-envs', asked) : made;
      expect(answerOf(answer)).toEqual({ status: 400, reason: expect.stringMatching(says) });
    },
  );
});
