import { beforeAll, describe, expect, it } from 'vitest';
import { decodeFile } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { countEvents, createCluster, createInfraEnv, disconnected, download } from './client.ts';
import { runningStack } from './stack.ts';

const { api } = await runningStack({ installers: { '4.20.3': {} } });

const host = (network_yaml: string, last = 10) => ({
  network_yaml,
  mac_interface_map: [{ mac_address: `f8:75:a4:a4:00:${last}`, logical_nic_name: 'eth0' }],
});
const good = (last: number) =>
  host(
    `interfaces: [{name: eth0, type: ethernet, ipv4: {enabled: true, address: [{ip: 192.0.2.${last}, prefix-length: 24}]}}]`,
    last,
  );
const bad = {
  'an address that is none': host(
    'interfaces: [{name: eth0, type: ethernet, ipv4: {address: [{ip: 192.0.2.310, prefix-length: 24}]}}]',
  ),
  'a bond without a mode': host('interfaces: [{name: bond0, type: bond, link-aggregation: {port: [eth0]}}]'),
  'an interface of an unknown type': host('interfaces: [{name: eth0, type: ethernot}]'),
};
const reasons = {
  'an address that is none': /^\t\* failed to validate network yaml for host 1, .*invalid IP address syntax/m,
  'a bond without a mode': /^\t\* failed to validate network yaml for host 1, .*Bond mode is mandatory .*bond0$/m,
  'an interface of an unknown type':
    /^\t\* failed to validate network yaml for host 1, Unsupported interface type ethernot$/m,
};
const cases = Object.keys(bad) as (keyof typeof bad)[];

let clusterId: string;
beforeAll(async () => {
  clusterId = await createCluster(api, '4.20');
});

const types = [
  ['disconnected-iso', (fields: object) => disconnected(clusterId, fields)],
  ['full-iso', (fields: object) => disconnected(clusterId, { image_type: 'full-iso', ...fields })],
] as const;

describe.each(types)('an infra-env of type %s', (_, body) => {
  it.each(cases)("is not registered with %s: nmstate's reason and the host's number, nothing stored", async (fault) => {
    const before = (await api.get(`/v2/infra-envs?cluster_id=${clusterId}`)).body;
    const failures = await countEvents(api, `cluster_id=${clusterId}`, 'infra_env_registration_failed');
    const answer = await api.post('/v2/infra-envs', body({ static_network_config: [good(20), bad[fault]] }));
    expect(answer).toMatchObject({ status: 400, body: { reason: expect.stringMatching(reasons[fault]) } });
    expect((await api.get(`/v2/infra-envs?cluster_id=${clusterId}`)).body).toEqual(before);
    expect(await countEvents(api, `cluster_id=${clusterId}`, 'infra_env_registration_failed')).toBe(failures + 1);
  });
});

const macOf = (last: number): string => `52:54:00:00:01:0${last}`;
const mapping = (...names: readonly string[]) =>
  names.map((logical_nic_name, index) => ({ mac_address: macOf(index), logical_nic_name }));

const unusual = [
  [
    'a bond of Open vSwitch',
    {
      network_yaml:
        'interfaces:\n- name: br0\n  type: ovs-bridge\n  state: up\n  bridge:\n    port:\n    - name: bond0\n' +
        '      link-aggregation:\n        mode: balance-slb\n        port:\n        - name: eno1\n        - name: eno2\n',
      mac_interface_map: mapping('eno1', 'eno2'),
    },
  ],
  [
    'an address written once and named again',
    {
      network_yaml:
        'interfaces:\n- name: eth0\n  type: ethernet\n  state: up\n  ipv4: &v4\n    enabled: true\n    dhcp: true\n' +
        '- name: eth1\n  type: ethernet\n  state: up\n  ipv4: *v4\n',
      mac_interface_map: mapping('eth0', 'eth1'),
    },
  ],
] as const;

it.each(unusual)('%s is taken at registration and by a change, and reaches the ignition', async (_, network) => {
  const fields = { static_network_config: [network] };
  const registered = await createInfraEnv(api, clusterId, fields);
  const changed = await createInfraEnv(api, clusterId);
  expect((await api.patch(`/v2/infra-envs/${changed}`, fields)).status).toBe(201);
  for (const infraEnvId of [registered, changed]) {
    const table = decodeFile((await download(api, infraEnvId)).text, '/etc/assisted/network/host0/mac_interface.ini');
    for (const entry of network.mac_interface_map) {
      expect(table).toContain(`${entry.mac_address}=${entry.logical_nic_name}`);
    }
  }
});

describe('a change', () => {
  it.each(cases)('to a network with %s is refused and changes nothing', async (fault) => {
    const infraEnvId = await createInfraEnv(api, clusterId, { static_network_config: [good(20)] });
    const before = (await api.get(`/v2/infra-envs/${infraEnvId}`)).body;
    const fields = { static_network_config: [good(20), bad[fault]] };
    const answer = await api.patch(`/v2/infra-envs/${infraEnvId}`, fields);
    expect(answer).toMatchObject({ status: 400, body: { reason: expect.stringMatching(reasons[fault]) } });
    const after = (await api.get(`/v2/infra-envs/${infraEnvId}`)).body;
    expect(after.static_network_config).toBe(before.static_network_config);
    expect(after.updated_at).toBe(before.updated_at);
  });

  it('of hosts that nmstate can configure reaches the ignition', async () => {
    const infraEnvId = await createInfraEnv(api, clusterId);
    const fields = { static_network_config: [good(31), good(30)] };
    expect((await api.patch(`/v2/infra-envs/${infraEnvId}`, fields)).status).toBe(201);
    expect((await download(api, infraEnvId)).text).toContain('/etc/assisted/network/host1/eth0.nmconnection');
  });
});
