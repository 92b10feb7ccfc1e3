import { beforeEach, describe, expect, it } from 'vitest';
import { aPassword, eventNames, newCluster, newInfraEnv, world } from './world.ts';

const { serve, deeds } = await world();
const call = serve();

const network = {
  network_yaml:
    'interfaces: [{name: eth0, type: ethernet, ipv4: {enabled: true, address: [{ip: 192.0.2.10, prefix-length: 24}]}}]\nroutes: {config: [{destination: 0.0.0.0/0, next-hop-address: 192.0.2.1, next-hop-interface: eth0}]}',
  mac_interface_map: [{ mac_address: '52:54:00:00:00:01', logical_nic_name: 'eth0' }],
};

const oneNode = { base_dns_domain: 'example.com', control_plane_count: 1, worker_count: 0 };
const site = {
  installation: 'unattended',
  hosts: [{ hostname: 'node-0', role: 'master' }],
  static_network_config: [network],
  rendezvous_ip: '192.0.2.10',
};

// Registered with another type: only the workflow, which is not here, completes the registration of a disconnected one.
const registered = async (fields: object): Promise<{ readonly clusterId: string; readonly infraEnvId: string }> => {
  const { id: clusterId } = (await call('POST', '/v2/clusters', { ...newCluster, ...oneNode })).body;
  const { id } = (await call('POST', '/v2/infra-envs', newInfraEnv(clusterId, { image_type: 'full-iso' }))).body;
  const change = { image_type: 'disconnected-iso', ...fields };
  const { status, body } = await call('PATCH', `/v2/infra-envs/${id}`, change);
  expect({ status, reason: body.reason }).toEqual({ status: 201, reason: undefined });
  return { clusterId, infraEnvId: id };
};

const readings = async (clusterId: string): Promise<number> =>
  (await eventNames(call, `cluster_id=${clusterId}`)).filter((name) => name === 'cluster_credentials_read').length;

const files = '/downloads/credentials?file_name';

beforeEach(() => {
  deeds.length = 0;
});

describe("the administrator's credentials of an installation that starts by itself", () => {
  it('are answered to the owner, uncached, and every reading is an event', async () => {
    const { clusterId, infraEnvId } = await registered(site);
    const { status, headers, body } = await call('GET', `/v2/clusters/${clusterId}/credentials`);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        username: 'kubeadmin',
        password: aPassword,
        console_url: 'https://console-openshift-console.apps.edge.example.com',
      },
    });
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(deeds).toContainEqual(['read admin files', infraEnvId]);

    await call('GET', `/v2/clusters/${clusterId}${files}=kubeadmin-password`);
    expect(await readings(clusterId)).toBe(2);
  });

  it('are files as well, whose server is the cluster as it is called now', async () => {
    const { clusterId } = await registered(site);
    const { headers, body } = await call('GET', `/v2/clusters/${clusterId}${files}=kubeconfig`);
    expect(body).toContain('    server: https://api.edge.example.com:6443\n');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="kubeconfig"',
    });
    expect((await call('GET', `/v2/clusters/${clusterId}${files}=kubeadmin-password`)).body).toBe(aPassword);
  });

  it.each(['/credentials', `${files}=kubeconfig`])('are of nobody else: %s', async (path) => {
    const { clusterId } = await registered(site);
    expect(await call('GET', `/v2/clusters/${clusterId}${path}`)).toMatchObject({ status: 200 });
    deeds.length = 0;
    const { status } = await call('GET', `/v2/clusters/${clusterId}${path}`, undefined, 'mallory');
    expect({ status, deeds: deeds.filter(([deed]) => deed === 'read admin files') }).toEqual({
      status: 404,
      deeds: [],
    });
    expect(await readings(clusterId)).toBe(1);
  });

  it('do not exist where the site makes them', async () => {
    const { clusterId } = await registered({ installation: 'prefilled', hosts: [] });
    expect(await call('GET', `/v2/clusters/${clusterId}/credentials`)).toMatchObject({ status: 409 });
    expect(await readings(clusterId)).toBe(0);
  });

  it('do not exist before the first ISO', async () => {
    const { clusterId } = await registered(site);
    const early = serve({ readAdminFiles: async () => undefined });
    const { status, body } = await early('GET', `/v2/clusters/${clusterId}/credentials`);
    expect({ status, reason: body.reason }).toEqual({ status: 409, reason: expect.stringContaining(clusterId) });
  });

  it.each(['kubeconfig-noingress', ''])('are no other files: %s', async (name) => {
    const { clusterId } = await registered(site);
    expect(await call('GET', `/v2/clusters/${clusterId}${files}=${name}`)).toMatchObject({ status: 400 });
  });
});
