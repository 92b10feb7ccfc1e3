import { describe, expect, it } from 'vitest';
import { clusterAnswer, toClusterAnswer } from '#contract/cluster-answer.ts';
import { clusterListItem, toClusterListItem } from '#contract/cluster-list-item.ts';
import { infraEnvAnswer, toInfraEnvAnswer } from '#contract/infra-env-answer.ts';
import { newCluster, newDisconnectedCluster } from '#domain/cluster/cluster-registration.ts';
import { anInfraEnv, aRelease } from '#test/fakes/records.ts';

const id = '5e2d4b1c-0f5a-4a3e-9c7b-1d2e3f4a5b6c';
const zeroDateTime = '0001-01-01T00:00:00.000Z';
const identity = {
  release: aRelease('4.20.3'),
  owner: { userName: 'admin', orgId: '', emailDomain: 'Unknown' },
  id,
  now: new Date('2026-04-27T06:55:16.100Z'),
};
const pullSecret = JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from('user:password').toString('base64') } } });
const cluster = newCluster({
  params: {
    name: 'edge',
    openshift_version: '4.20',
    pull_secret: pullSecret,
    api_vips: [],
    olm_operators: [{ name: 'lso' }],
  },
  ...identity,
});
/** As it leaves: what is undefined is not there. */
const sent = <Answer>(answer: Answer): Answer => JSON.parse(JSON.stringify(answer));
const answer = sent(clusterAnswer.parse(toClusterAnswer(cluster)));
const listItem = sent(clusterListItem.parse(toClusterListItem(cluster, 'own')));

/** Fields that clients of the published API find in every cluster, empty or not. */
const always = [
  ...['api_vips', 'ingress_vips', 'cluster_networks', 'service_networks', 'machine_networks', 'hosts', 'host_networks'],
  ...[
    'monitored_operators',
    'operator_bundles',
    'href',
    'id',
    'image_info',
    'kind',
    'status',
    'status_info',
    'deleted_at',
  ],
];

describe('a fresh cluster', () => {
  it('is answered as the published API does', () => {
    expect(answer).toMatchObject({
      kind: 'Cluster',
      href: `/api/assisted-install/v2/clusters/${id}`,
      high_availability_mode: 'Full',
      control_plane_count: 3,
      status_updated_at: '2026-04-27T06:55:16.100Z',
      created_at: '2026-04-27T06:55:16.1Z',
      updated_at: '2026-04-27T06:55:16.1Z',
      install_started_at: zeroDateTime,
      install_completed_at: zeroDateTime,
      progress: { finalizing_stage_started_at: zeroDateTime },
      image_info: { created_at: '0001-01-01T00:00:00Z', expires_at: zeroDateTime },
      cluster_networks: [{ cluster_id: id, cidr: '10.128.0.0/14', host_prefix: 23 }],
      service_networks: [{ cluster_id: id, cidr: '172.30.0.0/16' }],
      network_type: 'OVNKubernetes',
      platform: { external: {}, type: 'baremetal' },
      load_balancer: { type: 'cluster-managed' },
      disk_encryption: { enable_on: 'none', mode: 'tpmv2' },
      hyperthreading: 'all',
      schedulable_masters: false,
      schedulable_masters_forced_true: true,
      ignition_endpoint: {},
      'last-installation-preparation': {},
      org_soft_timeouts_enabled: false,
      connectivity_majority_groups: '{"IPv4":[],"IPv6":[]}',
      ip_collisions: '{}',
    });
  });

  it('has the operator that every cluster has, then the chosen ones', () => {
    const { monitored_operators } = answer;
    expect(monitored_operators.map(({ name, operator_type }) => [name, operator_type])).toEqual([
      ['console', 'builtin'],
      ['lso', 'olm'],
    ]);
    for (const operator of monitored_operators) {
      expect(operator).toMatchObject({ cluster_id: id, bundles: null, status_updated_at: zeroDateTime });
    }
  });

  it('shows in a list what tells clusters apart, and the times of the cluster; its own lists are empty', () => {
    const { host_networks, image_info, ...rest } = listItem;
    expect([host_networks, image_info.created_at]).toEqual([null, '2026-04-27T06:55:16.1Z']);
    const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
    const told = Object.fromEntries(Object.entries(rest).filter(([, value]) => !isEmpty(value)));
    expect(answer).toMatchObject(told);
    expect(Object.keys(told)).toEqual(
      expect.arrayContaining(['id', 'name', 'kind', 'status', 'openshift_version', 'cpu_architecture', 'created_at']),
    );
  });

  it('never shows a pull secret', () => {
    expect(JSON.stringify(answer)).not.toContain(pullSecret.slice(20, 40));
    expect(answer).toMatchObject({ pull_secret_set: true });
  });
});

describe('the status disconnected', () => {
  const { status, statusInfo } = {
    status: 'disconnected',
    statusInfo: 'Cluster is used for disconnected ISO configuration',
  } as const;
  const marked = { ...cluster, status, statusInfo };

  it.each([toClusterAnswer, toClusterListItem])('has its own name, or one of the published list (%o)', (toAnswer) => {
    expect(toAnswer(marked, 'own')).toMatchObject({ status, status_info: statusInfo });
    expect(toAnswer(marked, 'published')).toMatchObject({
      status: 'unmonitored',
      status_info: `${statusInfo} (status disconnected)`,
    });
  });

  it('is the only one that is renamed', () => {
    expect(toClusterAnswer(cluster, 'published')).toEqual(toClusterAnswer(cluster, 'own'));
  });
});

describe('any cluster', () => {
  const { name, ...rest } = { name: 'dc', ...identity };
  const disconnected = sent(clusterAnswer.parse(toClusterAnswer(newDisconnectedCluster({ name, ...rest }))));

  it.each(always)('has %s', (field) => {
    expect(answer).toHaveProperty(field);
    expect(listItem).toHaveProperty(field);
    expect(disconnected).toHaveProperty(field);
  });

  it('of kind DisconnectedCluster has neither defaults nor operators nor validations, but every object', () => {
    expect(disconnected).toMatchObject({
      kind: 'DisconnectedCluster',
      monitored_operators: [],
      cluster_networks: [],
      platform: { type: 'baremetal', external: {} },
      load_balancer: { type: 'cluster-managed' },
      disk_encryption: {},
      ignition_endpoint: {},
    });
    for (const field of ['cpu_architecture', 'control_plane_count', 'validations_info', 'feature_usage']) {
      expect(disconnected).not.toHaveProperty(field);
    }
  });
});

describe('an infra-env', () => {
  it('has its lists as JSON text, its proxy always, and what is unset not at all', () => {
    const kernel_arguments = [{ operation: 'append' as const, value: 'p=1' }];
    const shown = sent(
      infraEnvAnswer.parse(toInfraEnvAnswer(anInfraEnv({ settings: { kernel_arguments } }), undefined)),
    );
    expect(shown).toMatchObject({
      kind: 'InfraEnv',
      type: 'disconnected-iso',
      proxy: {},
      expires_at: zeroDateTime,
      kernel_arguments: '[{"operation":"append","value":"p=1"}]',
      pull_secret_set: true,
    });
    for (const field of ['ssh_authorized_key', 'static_network_config', 'rendezvous_ip', 'pullSecretId', 'revision']) {
      expect(shown).not.toHaveProperty(field);
    }
  });
});
