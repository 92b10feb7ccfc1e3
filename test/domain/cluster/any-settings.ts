import fc from 'fast-check';
import type { ClusterUpdateParams } from '#domain/cluster/cluster-settings.ts';
import { refusalOf } from '../values/refusal.ts';
import { type Given, registered, sshKey } from './samples.ts';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const networks = (...texts: readonly string[]) => fc.subarray(texts.map((cidr) => ({ cidr })));

/** Fields of both calls, sensible and senseless ones. */
export const anySettings: fc.Arbitrary<ClusterUpdateParams> = fc.record(
  {
    name: fc.constantFrom('a', 'a.b', 'a-b'),
    base_dns_domain: maybe(fc.constantFrom('', 'example.com', 'x', 'lab')),
    cluster_networks: maybe(networks('10.128.0.0/14', 'fd01::/48')),
    service_networks: maybe(networks('172.30.0.0/16', 'fd02::/112')),
    machine_networks: maybe(networks('10.0.0.0/24', '10.0.0.7/29', 'fd00::/64')),
    api_vips: maybe(fc.subarray([{ ip: '10.0.0.2' }, { ip: 'FD00::2' }])),
    ingress_vips: maybe(fc.subarray([{ ip: '10.0.0.3' }, { ip: 'fd00::0003' }])),
    user_managed_networking: maybe(fc.boolean()),
    control_plane_count: maybe(fc.integer({ min: 0, max: 6 })),
    platform: maybe(
      fc.constantFrom(
        { type: 'baremetal' as const, external: {} },
        { type: 'none' as const },
        { type: 'vsphere' as const },
        { type: 'external' as const, external: { platform_name: 'oci' } },
      ),
    ),
    load_balancer: maybe(fc.constantFrom({ type: 'user-managed' as const }, { type: 'cluster-managed' as const })),
    network_type: maybe(fc.constantFrom('OVNKubernetes' as const, 'Cilium' as const)),
    disk_encryption: maybe(fc.constantFrom({}, { enable_on: 'all' as const }, { mode: 'tpmv2' as const })),
    http_proxy: maybe(fc.constantFrom('', 'http://x.io')),
    tags: maybe(fc.constantFrom('', 'a,b', 'two words')),
    additional_ntp_source: maybe(fc.constantFrom('', '10.0.0.1')),
    olm_operators: maybe(fc.subarray([{ name: 'ocs' }, { name: 'cnv' }, { name: 'mtv', properties: '{}' }])),
    operator_bundles: maybe(fc.subarray([{ id: 'virtualization' }])),
    ignition_endpoint: maybe(fc.constantFrom({}, { url: 'https://x.io' })),
    ssh_public_key: maybe(fc.constantFrom('', sshKey, `${sshKey}\n${sshKey}`)),
  },
  { requiredKeys: [] },
);

/** What a registration takes of the settings; `null` cannot stand for the name there. */
export const creation = ({ name, pull_secret, ...given }: ClusterUpdateParams): Given => ({
  ...given,
  ...(name ? { name } : {}),
});

/** The cluster that a registration with these settings makes; undefined where it is refused. */
export const registeredWith = (given: ClusterUpdateParams) =>
  refusalOf(() => registered(creation(given))) === undefined ? registered(creation(given)) : undefined;
