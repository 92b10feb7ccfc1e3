import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { newCluster, newInfraEnv, world } from './world.ts';

const { serve, dependencies, deeds, manifests } = await world();
const call = serve();

const cluster = async (fields: object = {}): Promise<string> =>
  (await call('POST', '/v2/clusters', { ...newCluster, base_dns_domain: 'example.com', ...fields })).body.id;

const hosts = [{ hostname: 'node-0', role: 'master', mac_addresses: ['52:54:00:AA:00:01'] }];
const prefilled = (clusterId: string, fields: object = {}) =>
  call('POST', '/v2/infra-envs', newInfraEnv(clusterId, { installation: 'prefilled', hosts, ...fields }));

beforeEach(() => {
  deeds.length = 0;
});

describe('an infra-env whose wizard is prefilled', () => {
  it('is answered as it was asked for, in the words of agent-config.yaml', async () => {
    const root_device_hints = { device_name: '/dev/sda', minSizeGigabytes: 120 };
    const { status, body } = await prefilled(await cluster(), { hosts: [{ ...hosts[0], root_device_hints }] });
    expect({ status, installation: body.installation, hosts: body.hosts }).toEqual({
      status: 201,
      installation: 'prefilled',
      hosts: [
        {
          hostname: 'node-0',
          role: 'master',
          mac_addresses: ['52:54:00:aa:00:01'],
          root_device_hints: { deviceName: '/dev/sda', minSizeGigabytes: 120 },
        },
      ],
    });
  });

  it('that is interactive says nothing of it', async () => {
    const { body } = await call(
      'POST',
      '/v2/infra-envs',
      newInfraEnv(await cluster(), { installation: 'interactive' }),
    );
    expect(body).not.toHaveProperty('installation');
    expect(body).not.toHaveProperty('hosts');
  });

  it.each([
    ['an operator that the ISO does not carry', { olm_operators: [{ name: 'metallb' }] }, {}, 'olm_operators'],
    [
      'a disk without /dev/',
      {},
      { hosts: [{ ...hosts[0], root_device_hints: { deviceName: 'sda' } }] },
      'hosts[0].root_device_hints.deviceName',
    ],
    ['one address twice', {}, { hosts: [...hosts, { ...hosts[0], hostname: 'node-1' }] }, 'hosts[1].mac_addresses'],
    ['a host that cannot be found', {}, { hosts: [{ hostname: 'node-0' }] }, 'hosts[0].mac_addresses'],
    ['overlapping networks', { service_networks: [{ cidr: '10.128.0.0/16' }] }, {}, 'cluster_networks'],
  ])('is refused for %s, and nothing is stored', async (_, ofCluster, fields, field) => {
    const clusterId = await cluster(ofCluster);
    const { status, body } = await prefilled(clusterId, fields);
    expect({ status, reason: body.reason }).toEqual({ status: 400, reason: expect.stringContaining(`${field}: `) });
    expect(deeds).toEqual([]);
  });

  it.each(['full-iso', 'minimal-iso'])('is refused for image type %s', async (image_type) => {
    const { status, body } = await prefilled(await cluster(), { image_type });
    expect({ status, reason: body.reason }).toEqual({ status: 400, reason: expect.stringContaining('installation: ') });
  });

  it('needs a cluster that holds settings', async () => {
    const fields = { name: 'dc', openshift_version: '4.20' };
    const { id } = (await call('POST', '/v2/clusters/disconnected', fields)).body;
    const { status, body } = await prefilled(id);
    expect({ status, reason: body.reason }).toEqual({ status: 400, reason: expect.stringContaining('installation: ') });
  });
});

const network = (index: number) => ({
  network_yaml: `interfaces: [{name: eth0, type: ethernet, ipv4: {enabled: true, address: [{ip: 192.0.2.1${index}, prefix-length: 24}]}}]\nroutes: {config: [{destination: 0.0.0.0/0, next-hop-address: 192.0.2.1, next-hop-interface: eth0}]}`,
  mac_interface_map: [{ mac_address: `52:54:00:00:00:0${index}`, logical_nic_name: 'eth0' }],
});

const site = {
  installation: 'unattended',
  hosts: Array.from({ length: 5 }, (_, index) => ({
    hostname: `node-${index}`,
    role: index < 3 ? 'master' : 'worker',
  })),
  static_network_config: Array.from({ length: 5 }, (_, index) => network(index)),
  rendezvous_ip: '192.0.2.10',
};
const ofSite = { api_vips: [{ ip: '192.0.2.2' }], ingress_vips: [{ ip: '192.0.2.3' }], worker_count: 2 };

describe('an infra-env whose installation starts by itself', () => {
  const register = async (ofCluster: object = {}, fields: object = {}) =>
    call('POST', '/v2/infra-envs', newInfraEnv(await cluster({ ...ofSite, ...ofCluster }), { ...site, ...fields }));

  it('is registered with all that it needs', async () => {
    const { status, body } = await register({}, { allow_reinstall: true });
    expect({ status, ...body }).toMatchObject({ status: 201, installation: 'unattended', allow_reinstall: true });
  });

  it.each([
    ['no base domain', { base_dns_domain: '' }, {}, 'base_dns_domain'],
    ['no VIPs', { api_vips: [], ingress_vips: [] }, {}, 'api_vips'],
    ['a VIP outside', { api_vips: [{ ip: '198.51.100.2' }] }, {}, 'api_vips'],
    ['a VIP of a host', { ingress_vips: [{ ip: '192.0.2.14' }] }, {}, 'ingress_vips'],
    ['fewer hosts than nodes', { worker_count: 3 }, {}, 'hosts'],
    ['nobody counting the workers', { worker_count: null }, {}, 'worker_count'],
    ['no hosts', {}, { hosts: [] }, 'hosts'],
    ['a worker as rendezvous host', {}, { rendezvous_ip: '192.0.2.14' }, 'rendezvous_ip'],
  ])('is refused for %s', async (_, ofCluster, fields, field) => {
    const { status, body } = await register(ofCluster, fields);
    expect({ status, reason: body.reason }).toEqual({ status: 400, reason: expect.stringContaining(`${field}: `) });
    expect(deeds).toEqual([]);
  });

  it('is refused on a release whose openshift-install makes no configuration image', async () => {
    const { releases } = dependencies;
    const get: typeof releases.get = async (version, hosts) => {
      const release = await releases.get(version, hosts);
      const profile = { configImage: false };
      return release && { ...release, installer: { ...release.installer, profile: profile as never } };
    };
    const clusterId = await cluster(ofSite);
    const { body } = await serve({ releases: { ...releases, get } })(
      'POST',
      '/v2/infra-envs',
      newInfraEnv(clusterId, site),
    );
    expect(body.reason).toMatch(
      /^installation: the openshift-install of release 4\.20\.3 makes no configuration image/,
    );
  });
});

describe('an infra-env whose settings come on a medium of their own', () => {
  const separate = { ...site, site_settings: 'separate' };
  const register = async (fields: object, replaced: Parameters<typeof serve>[0] = {}) => {
    const asked = newInfraEnv(await cluster(ofSite), { ...separate, ...fields });
    const { status, body } = await serve(replaced)('POST', '/v2/infra-envs', asked);
    return { status, reason: body.reason, site_settings: body.site_settings };
  };

  it('is answered as it was asked for', async () => {
    expect(await register({})).toEqual({ status: 201, reason: undefined, site_settings: 'separate' });
  });

  it('has to start by itself', async () => {
    const { status, reason } = await register({ installation: 'prefilled' });
    expect({ status, reason }).toEqual({ status: 400, reason: expect.stringContaining('site_settings: ') });
  });

  it('is refused on a release whose hosts load no medium, with the reason', async () => {
    const { releases } = dependencies;
    const get: typeof releases.get = async (version, hosts) => {
      const release = await releases.get(version, hosts);
      const profile = { configImage: true, units: {}, lacks: [] };
      return release && { ...release, installer: { ...release.installer, profile: profile as never } };
    };
    const { status, reason } = await register({}, { releases: { ...releases, get } });
    expect({ status, reason }).toEqual({
      status: 409,
      reason:
        'an ISO of release 4.20.3 takes no settings from a separate medium: its hosts load no configuration medium',
    });
  });
});

describe('a change of the cluster', () => {
  // Registered with another type: only the workflow, which is not here, completes the registration of a disconnected one.
  const registered = async (fields: object = {}) => {
    const clusterId = await cluster();
    const { id } = (await call('POST', '/v2/infra-envs', newInfraEnv(clusterId, { image_type: 'full-iso' }))).body;
    const change = { image_type: 'disconnected-iso', installation: 'prefilled', ...fields };
    expect((await call('PATCH', `/v2/infra-envs/${id}`, change)).status).toBe(201);
    deeds.length = 0;
    return { clusterId, id, revision: async () => (await dependencies.infraEnvs.get(id))?.revision };
  };

  it('that alters a file makes another revision of the infra-env', async () => {
    const { clusterId, id, revision } = await registered();
    expect((await call('PATCH', `/v2/clusters/${clusterId}`, { base_dns_domain: 'example.org' })).status).toBe(201);
    expect(await revision()).toBe(3);
    expect(deeds).toContainEqual(['prepare media', id]);
  });

  it('that alters none leaves the revision', async () => {
    const { clusterId, revision } = await registered();
    expect((await call('PATCH', `/v2/clusters/${clusterId}`, { tags: 'ours' })).status).toBe(201);
    expect(await revision()).toBe(2);
    expect(deeds.filter(([deed]) => deed === 'prepare media')).toEqual([]);
  });

  it('leaves the revision of an infra-env that is interactive', async () => {
    const { clusterId, revision } = await registered({ installation: 'interactive' });
    await call('PATCH', `/v2/clusters/${clusterId}`, { base_dns_domain: 'example.org' });
    expect(await revision()).toBe(2);
  });

  it('is refused where the site could not be installed with it, and changes nothing', async () => {
    const { clusterId, revision } = await registered();
    const { status, body } = await call('PATCH', `/v2/clusters/${clusterId}`, { olm_operators: [{ name: 'odf' }] });
    expect({ status, reason: body.reason }).toEqual({
      status: 400,
      reason: expect.stringContaining('olm_operators: odf'),
    });
    expect((await dependencies.clusters.get(clusterId))?.settings.olm_operators).toEqual([]);
    expect(await revision()).toBe(2);
  });

  it('by its install-config is judged and taken alike', async () => {
    const { clusterId, revision } = await registered();
    const path = `/v2/clusters/${clusterId}/install-config`;
    expect((await call('PATCH', path, JSON.stringify({ featureSet: 'Foo' }))).body.reason).toContain(
      'install_config_overrides.featureSet: ',
    );
    expect((await call('PATCH', path, JSON.stringify({ fips: true }))).status).toBe(201);
    expect(await revision()).toBe(3);
  });

  it('by its manifests is judged and taken alike', async () => {
    const { clusterId, revision } = await registered();
    const path = `/v2/clusters/${clusterId}/manifests`;
    const upload = (text: string) =>
      call('POST', path, { folder: 'openshift', file_name: 'a.yaml', content: Buffer.from(text).toString('base64') });
    expect((await upload('a: b\n')).body.reason).toContain('manifests/a.yaml: ');
    expect(await manifests.list(clusterId)).toEqual([]);
    expect((await upload('apiVersion: v1\nkind: Namespace\nmetadata: {name: edge}\n')).status).toBe(201);
    expect(await revision()).toBe(3);
    expect((await call('DELETE', `${path}?folder=openshift&file_name=a.yaml`)).status).toBe(200);
    expect(await revision()).toBe(4);
  });
});

describe('the page about an unattended site in operations.md', () => {
  const text = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const page = text.split(/^## /m).find((part) => part.startsWith('An unattended site\n')) ?? '';
  const bodies = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, body = '']) => JSON.parse(body));

  it('has requests that are taken as they stand, but for what the reader has to fill in', async () => {
    const [{ pull_secret: _ofTheReader, ...ofCluster }, { cluster_id: _id, pull_secret: _secret, ...fields }] = bodies;
    const clusterId = await cluster(ofCluster);
    const { status, body } = await call('POST', '/v2/infra-envs', newInfraEnv(clusterId, fields));
    expect({ status, reason: body.reason }).toEqual({ status: 201, reason: undefined });
    expect(body).toMatchObject({ installation: 'unattended', rendezvous_ip: '192.0.2.10' });
  });
});
