import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '#domain/errors.ts';
import { configImageInputs } from '#domain/installation/config-image-inputs.ts';
import { siteFaults } from '#domain/installation/judgement/check-site.ts';
import { releaseLine } from '#domain/installation/release-lines.ts';
import type { Site } from '#domain/installation/site.ts';
import { checkSite } from '#local/sample-release/openshift-install/site-checks.ts';
import { loadSite } from '#local/sample-release/openshift-install/site-configuration.ts';
import { aSite, type GivenSite, hosts, networks, pullSecret, someManifest } from './sites.ts';

/** The site, unless something of it is refused at once. */
const accepted = (given: GivenSite): Site | undefined => {
  try {
    const site = aSite(given);
    const faults = siteFaults({ site, release: { version: site.cluster.openshiftVersion } });
    return faults.length === 0 ? site : undefined;
  } catch (error) {
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
};

/** Why config-image makes nothing of a site; undefined where it does. */
const refusalOf = (site: Site): string | undefined => {
  const { featureGates } = releaseLine({ version: site.cluster.openshiftVersion });
  const files = configImageInputs({ site, pullSecret, featureGates });
  try {
    checkSite(loadSite({ texts: new Map(files.map(({ path, content }) => [path, content])), onDisk: [] }));
    return undefined;
  } catch (error) {
    return String(error);
  }
};

const address = fc.constantFrom('192.0.2.2', '192.0.2.3', '192.0.2.10', '192.0.2.14', '198.51.100.7');
const network = fc
  .constantFrom('192.0.2.0/24', '192.0.0.0/16', '10.128.0.0/14', '172.30.0.0/16', '198.51.100.0/24')
  .map((cidr) => ({ cidr }));
const vip = address.map((ip) => ({ ip }));
const upTo = (length: number) => fc.integer({ min: 0, max: length });

const clusterChange = fc.oneof(
  fc.record({ base_dns_domain: fc.constantFrom('', 'example', 'example.com') }),
  fc.record({ api_vips: fc.array(vip, { maxLength: 2 }) }),
  fc.record({ ingress_vips: fc.array(vip, { maxLength: 2 }) }),
  fc.record({ machine_networks: fc.array(network, { maxLength: 2 }) }),
  fc.record({ service_networks: fc.tuple(network) }),
  fc.record({
    cluster_networks: fc
      .tuple(network, fc.constantFrom(16, 23, 26, 33))
      .map(([{ cidr }, host_prefix]) => [{ cidr, host_prefix }]),
  }),
  fc.record({ control_plane_count: fc.constantFrom(1, 2, 3, 5) }),
  fc.record({
    platform: fc.constantFrom({ type: 'baremetal' as const }, { type: 'none' as const }, { type: 'vsphere' as const }),
  }),
);

const hostChange = fc.oneof(
  fc.record({
    role: fc.constantFrom('master' as const, 'worker' as const, 'arbiter' as const, 'auto-assign' as const),
  }),
  fc.record({
    mac_addresses: fc.array(fc.constantFrom('52:54:00:00:00:00', '52:54:00:00:00:AA', '52:54:00:00:00:aa'), {
      maxLength: 2,
    }),
  }),
  fc.record({ root_device_hints: fc.constantFrom({ deviceName: '/dev/sda' }, { deviceName: 'sda' }, { wwn: '0x1' }) }),
  fc.constant({ hostname: 'node-0.edge.example.com' }),
);

const overrides = fc.record(
  {
    featureSet: fc.constantFrom('CustomNoUpgrade', 'TechPreviewNoUpgrade', 'Foo'),
    featureGates: fc.array(fc.constantFrom('A=true', 'x y'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const seldom = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** A site that installs, with some changes of which each may be wrong. */
const anySite: fc.Arbitrary<GivenSite> = fc
  .record({
    version: fc.constantFrom('4.20.3', '4.21.0', '4.22.1'),
    ofCluster: fc.array(clusterChange, { maxLength: 1 }),
    ofHosts: fc.array(fc.tuple(upTo(4), hostChange), { maxLength: 1 }),
    overrides: seldom(overrides),
    rendezvous: seldom(address),
    present: fc.constantFrom(5, 5, 5, 5, 4),
    workerCount: fc.constantFrom(2, 2, 2, 2, 3),
  })
  .map(({ version, ofCluster, ofHosts, overrides: ofInstallConfig, rendezvous, present, workerCount }) => ({
    version,
    workerCount,
    cluster: Object.assign({}, ...ofCluster),
    hosts: hosts
      .slice(0, present)
      .map((host, index) =>
        Object.assign({}, host, ...ofHosts.filter(([at]) => at === index).map(([, change]) => change)),
      ),
    settings: { static_network_config: networks, ...(rendezvous === undefined ? {} : { rendezvous_ip: rendezvous }) },
    ...(ofInstallConfig === undefined ? {} : { overrides: ofInstallConfig }),
  }));

describe('what is accepted for an installation that starts by itself', () => {
  it('is taken by config-image', () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(anySite, (given) => {
        const site = accepted(given);
        seen[site === undefined ? 'refused' : 'accepted'] += 1;
        expect(site && refusalOf(site)).toBeUndefined();
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(5);
  });

  it('is taken with manifests of several documents', () => {
    const content = Buffer.from(
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n',
    );
    const site = accepted({ manifests: [someManifest, { fileName: 'two.yaml', content }] });
    expect(site === undefined ? 'refused' : refusalOf(site)).toBeUndefined();
  });
});
