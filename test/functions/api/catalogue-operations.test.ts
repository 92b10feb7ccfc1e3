import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newCluster, registerCluster, world } from './world.ts';

const { serve } = await world();
const call = serve();
const get = async (path: string) => (await call('GET', path)).body;

describe('the default configuration', () => {
  it.each(['/v2/clusters/default-config', '/v2/clusters//default-config', '/v2/clusters/default-config/'])(
    'is behind %s, not a cluster of that name',
    async (path) => {
      const { status, body } = await call('GET', path);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        cluster_network_cidr: '10.128.0.0/14',
        ntp_source: '',
        inactive_deletion_hours: 480,
      });
    },
  );
});

describe('support levels', () => {
  const features = async (query: string): Promise<Record<string, string>> =>
    (await get(`/v2/support-levels/features?${query}`)).features;

  it('are those of the version that clients name, for x86_64 unless they say otherwise', async () => {
    const levels = await features('openshift_version=4.20');
    expect(levels).toMatchObject({ SNO: 'supported', SDN_NETWORK_TYPE: 'unavailable', CNV: 'supported' });
    expect(await features('openshift_version=4.20&cpu_architecture=x86_64')).toEqual(levels);
    expect(await features('openshift_version=4.20&cpu_architecture=arm64')).toMatchObject({ SNO: 'unavailable' });
  });

  it('take a platform, and the name of an external one', async () => {
    expect(await features('openshift_version=4.20&platform_type=nutanix')).toMatchObject({ LVM: 'unavailable' });
    const external = await features(
      'openshift_version=4.20&platform_type=external&external_platform_name=oci&cpu_architecture=x86_64',
    );
    expect(external).toMatchObject({ PLATFORM_MANAGED_NETWORKING: 'supported' });
    expect(external).not.toHaveProperty('EXTERNAL_PLATFORM');
  });

  // Written out here, so that a level is compared with a registration and not with its own derivation.
  const requests: readonly (readonly [string, object])[] = [
    ['SNO', { high_availability_mode: 'None' }],
    ['TNA', { control_plane_count: 2 }],
    ['NON_STANDARD_HA_CONTROL_PLANE', { control_plane_count: 5 }],
    ['VIP_AUTO_ALLOC', { vip_dhcp_allocation: true }],
    ['SDN_NETWORK_TYPE', { network_type: 'OpenShiftSDN' }],
    ['CILIUM_NETWORK_TYPE', { network_type: 'Cilium' }],
    ['LVM', { olm_operators: [{ name: 'lvm' }] }],
    ['ODF', { olm_operators: [{ name: 'odf' }] }],
    ['NUMA_RESOURCES', { olm_operators: [{ name: 'numaresources' }] }],
    ['BAREMETAL_PLATFORM', { platform: { type: 'baremetal' } }],
    ['NUTANIX_INTEGRATION', { platform: { type: 'nutanix' } }],
    ['USER_MANAGED_LOAD_BALANCER', { load_balancer: { type: 'user-managed' } }],
  ];

  it.each(requests)('say of %s what POST /v2/clusters says', async (id, fields) => {
    const { status } = await call('POST', '/v2/clusters', { ...newCluster, ...fields });
    expect((await features('openshift_version=4.20'))[id]).toBe(status === 201 ? 'supported' : 'unavailable');
  });

  it('of architectures are those that a release of the version serves', async () => {
    expect(await get('/v2/support-levels/architectures?openshift_version=4.20')).toEqual({
      architectures: {
        X86_64_ARCHITECTURE: 'supported',
        ARM64_ARCHITECTURE: 'unavailable',
        PPC64LE_ARCHITECTURE: 'unavailable',
        S390X_ARCHITECTURE: 'unavailable',
        MULTIARCH_RELEASE_IMAGE: 'unavailable',
      },
    });
  });

  it.each([
    ['features', '', { message: 'openshift_version in query is required' }],
    ['architectures', '', { message: 'openshift_version in query is required' }],
    ['features', 'openshift_version=', { message: 'openshift_version in query is required' }],
    [
      'features',
      'openshift_version=4.20&platform_type=aws',
      { message: 'platform_type in query should be one of [baremetal nutanix vsphere none external]' },
    ],
  ])('of %s are refused for "%s"', async (what, query, body) => {
    expect(await call('GET', `/v2/support-levels/${what}?${query}`)).toMatchObject({ status: 400, body });
  });
});

describe('operators', () => {
  it('are listed by name, each has no properties, others are unknown', async () => {
    const names: string[] = await get('/v2/supported-operators');
    expect(names).toContain('lso');
    expect(names).toHaveLength(28);
    for (const name of [...names, 'ocs']) expect(await get(`/v2/supported-operators/${name}`)).toEqual([]);
    expect(await call('GET', '/v2/supported-operators/nonsense')).toMatchObject({
      status: 404,
      body: { code: '404', kind: 'Error', reason: "operator 'nonsense' is not supported" },
    });
  });

  it('can all be asked for', async () => {
    const names: string[] = await get('/v2/supported-operators');
    const clashing = ['lvm', 'odf'];
    for (const left of clashing) {
      const olm_operators = names.filter((name) => name !== left).map((name) => ({ name }));
      expect((await call('POST', '/v2/clusters', { ...newCluster, olm_operators })).status).toBe(201);
    }
  });
});

describe('bundles', () => {
  const [virtualization, ai] = ['virtualization', 'openshift-ai'];
  const ids = async (query = '') => (await get(`/v2/operators/bundles${query}`)).map(({ id }: { id: string }) => id);

  it('are listed with their operators', async () => {
    expect(await ids()).toEqual([virtualization, ai]);
    expect(await get(`/v2/operators/bundles/${ai}`)).toEqual({
      id: ai,
      title: 'OpenShift AI',
      description: expect.stringMatching(/\S/),
      operators: ['odf', 'pipelines', 'servicemesh', 'serverless', 'authorino', 'openshift-ai'],
      optional_operators: ['nvidia-gpu', 'amd-gpu'],
    });
  });

  it('of a single node bring less', async () => {
    const { operators } = await get(`/v2/operators/bundles/${ai}?feature_ids=SNO`);
    expect(operators).toEqual(['pipelines', 'openshift-ai']);
    expect((await get('/v2/operators/bundles?feature_ids=SNO'))[1].operators).toEqual(operators);
  });

  it.each([
    ['?openshift_version=4.20', [virtualization, ai]],
    ['?openshift_version=4.20&feature_ids=SNO', [virtualization, ai]],
    ['?openshift_version=4.20&platform_type=vsphere', [ai]],
    ['?openshift_version=4.20&platform_type=baremetal&feature_ids=SNO', []],
    ['?openshift_version=4.20&cpu_architecture=arm64', []],
  ])('for %s are those that a cluster may ask for', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  it('that are unknown are so', async () => {
    expect(await call('GET', '/v2/operators/bundles/nonsense')).toMatchObject({
      status: 404,
      body: { reason: "bundle 'nonsense' is not supported" },
    });
  });
});

it('no domain is managed', async () => {
  expect(await get('/v2/domains')).toEqual([]);
});

it('the version of the service is its own', async () => {
  expect(await get('/v2/component-versions')).toEqual({
    versions: { 'assisted-installer-service': 'ove-ignition:1.2.3' },
    release_tag: 'v1.2.3',
  });
});

describe('what follows from a cluster', () => {
  const views = ['hosts', 'supported-platforms', 'preflight-requirements'];

  it('is there for its owner', async () => {
    const id = await registerCluster(call);
    expect(await get(`/v2/clusters/${id}/hosts`)).toEqual([]);
    expect(await get(`/v2/clusters/${id}/supported-platforms`)).toContain('baremetal');
    expect(await get(`/v2/clusters/${id}/preflight-requirements`)).toMatchObject({
      ocp: { master: { quantitative: { cpu_cores: 4 }, qualitative: [] } },
      operators: expect.arrayContaining([expect.objectContaining({ operator_name: 'cnv', dependencies: [] })]),
    });
  });

  it('is there for a DisconnectedCluster', async () => {
    const { id } = (await call('POST', '/v2/clusters/disconnected', { name: 'dc', openshift_version: '4.20' })).body;
    expect(await get(`/v2/clusters/${id}/supported-platforms`)).toEqual([]);
    expect(await call('GET', `/v2/clusters/${id}/preflight-requirements`)).toMatchObject({ status: 200 });
  });

  it.each(views)('is hidden from others: %s', async (view) => {
    const id = await registerCluster(call, 'bob');
    expect(await call('GET', `/v2/clusters/${id}/${view}`)).toMatchObject({
      status: 404,
      body: { reason: 'Object Not Found' },
    });
    expect(await call('GET', `/v2/clusters/${randomUUID()}/${view}`)).toMatchObject({
      status: 404,
      body: { reason: 'record not found' },
    });
  });

  it.each(views)('is gone with it: %s', async (view) => {
    const id = await registerCluster(call);
    await call('DELETE', `/v2/clusters/${id}`);
    expect((await call('GET', `/v2/clusters/${id}/${view}`)).status).toBe(404);
  });
});

it("the hosts of an infra-env are none, for its owner's eyes only", async () => {
  const { id } = (await call('POST', '/v2/infra-envs', { name: 'edge', pull_secret: newCluster.pull_secret })).body;
  expect(await get(`/v2/infra-envs/${id}/hosts`)).toEqual([]);
  expect(await call('GET', `/v2/infra-envs/${id}/hosts`, undefined, 'bob')).toMatchObject({ status: 404 });
  expect(await call('GET', `/v2/infra-envs/${randomUUID()}/hosts`)).toMatchObject({ status: 404 });
});
