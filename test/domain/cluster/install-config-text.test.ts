import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { newDisconnectedCluster } from '#domain/cluster/cluster-registration.ts';
import { overriddenCluster } from '#domain/cluster/install-config-overrides.ts';
import { installConfig } from '#domain/cluster/install-config-text.ts';
import { type Given, id, later, now, owner, registered, release, sshKey } from './samples.ts';

const configOf = (given: Given = {}, from = release()) => JSON.parse(installConfig(registered(given, from)));

const overridden = (overrides: object) => {
  const cluster = overriddenCluster({ cluster: registered(), overrides: JSON.stringify(overrides), now: later });
  return JSON.parse(installConfig(cluster));
};

describe('the install-config of a cluster', () => {
  it('of which little was said has what its registration has settled', () => {
    expect(configOf()).toEqual({
      apiVersion: 'v1',
      baseDomain: '',
      networking: {
        networkType: 'OVNKubernetes',
        clusterNetwork: [{ cidr: '10.128.0.0/14', hostPrefix: 23 }],
        serviceNetwork: ['172.30.0.0/16'],
      },
      metadata: { name: 'ocp' },
      compute: [{ name: 'worker', replicas: 0, hyperthreading: 'Enabled', architecture: 'amd64' }],
      controlPlane: { name: 'master', replicas: 3, hyperthreading: 'Enabled', architecture: 'amd64' },
      platform: { baremetal: { provisioningNetwork: 'Disabled', hosts: [] } },
      fips: false,
      sshKey: '',
    });
  });

  it('has the names, networks, addresses, sources and keys that were asked for', () => {
    const config = configOf({
      base_dns_domain: 'example.org',
      machine_networks: [{ cidr: '192.0.2.0/24' }],
      api_vips: [{ ip: '192.0.2.10' }],
      ingress_vips: [{ ip: '192.0.2.11' }],
      additional_ntp_source: 'ntp1.example.org,192.0.2.1',
      ssh_public_key: sshKey,
    });
    expect(config).toMatchObject({
      baseDomain: 'example.org',
      networking: { machineNetwork: [{ cidr: '192.0.2.0/24' }] },
      platform: {
        baremetal: {
          apiVIPs: ['192.0.2.10'],
          ingressVIPs: ['192.0.2.11'],
          additionalNTPServers: ['ntp1.example.org', '192.0.2.1'],
        },
      },
      sshKey,
    });
  });

  test.each([
    ['none', {}, { none: {} }],
    ['vsphere', {}, { vsphere: {} }],
    ['nutanix', {}, { nutanix: {} }],
    [
      'external',
      { external: { platform_name: 'oci', cloud_controller_manager: 'External' } },
      { external: { platformName: 'oci', cloudControllerManager: 'External' } },
    ],
  ] as const)('is for platform %s', (type, details, platform) => {
    expect(configOf({ platform: { type, ...details } }).platform).toEqual(platform);
  });

  test.each([
    ['all', 'Enabled', 'Enabled'],
    ['none', 'Disabled', 'Disabled'],
    ['workers', 'Disabled', 'Enabled'],
    ['masters,arbiters', 'Enabled', 'Disabled'],
  ] as const)('has hyperthreading for %s', (hyperthreading, controlPlane, compute) => {
    const config = configOf({ hyperthreading });
    expect([config.controlPlane.hyperthreading, config.compute[0].hyperthreading]).toEqual([controlPlane, compute]);
  });

  it('names the architecture as Go does, and none where hosts may have any', () => {
    expect(configOf({ cpu_architecture: 'aarch64' }, release('4.20.3', ['arm64'])).controlPlane.architecture).toBe(
      'arm64',
    );
    expect(configOf({}, release('4.20.3', ['x86_64', 'arm64'])).controlPlane).not.toHaveProperty('architecture');
  });

  it('leads what the cluster itself reaches past the proxy', () => {
    const given = { base_dns_domain: 'example.org', http_proxy: 'http://proxy.example.org:3128' };
    expect(configOf({ ...given, no_proxy: '.local,192.0.2.1' }).proxy).toEqual({
      httpProxy: given.http_proxy,
      noProxy: '.local,192.0.2.1,.ocp.example.org,10.128.0.0/14,172.30.0.0/16',
    });
    expect(configOf({ ...given, no_proxy: '*' }).proxy.noProxy).toBe('*');
    expect(configOf({ no_proxy: '.local' })).not.toHaveProperty('proxy');
  });

  it('of a load balancer of the user says so', () => {
    const { platform } = configOf({ load_balancer: { type: 'user-managed' } });
    expect(platform.baremetal.loadBalancer).toEqual({ type: 'UserManaged' });
  });

  it('is there for a cluster that only names a version, too', () => {
    const cluster = newDisconnectedCluster({ name: 'dc', release: release(), owner, id, now });
    expect(JSON.parse(installConfig(cluster))).toMatchObject({ metadata: { name: 'dc' }, platform: {} });
  });
});

describe('overrides', () => {
  it('are laid over the settings: members merged, lists replaced, null taken away', () => {
    expect(
      overridden({
        fips: true,
        networking: { networkType: 'Calico', clusterNetwork: [{ cidr: '10.0.0.0/14', hostPrefix: 24 }] },
        platform: { baremetal: null, none: {} },
        capabilities: { baselineCapabilitySet: 'None' },
      }),
    ).toMatchObject({
      fips: true,
      metadata: { name: 'ocp' },
      networking: {
        networkType: 'Calico',
        clusterNetwork: [{ cidr: '10.0.0.0/14', hostPrefix: 24 }],
        serviceNetwork: ['172.30.0.0/16'],
      },
      platform: { none: {} },
      capabilities: { baselineCapabilitySet: 'None' },
    });
    expect(overridden({ platform: { baremetal: null } }).platform).toEqual({});
  });

  it('that name nothing change nothing', () => {
    expect(overridden({})).toEqual(configOf());
  });

  it('appear as they are, whatever they are, and leave what they do not name', () => {
    const key = fc.string().filter((name) => !/^(pullsecret|password)$/i.test(name));
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.boolean(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string(),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    const property = fc.property(fc.dictionary(key, tree, { maxKeys: 4 }), (capabilities) => {
      const expected = JSON.parse(JSON.stringify({ ...configOf(), capabilities }));
      expect(overridden({ capabilities })).toEqual(expected);
    });
    fc.assert(property);
  });
});
