import { expect, test } from 'vitest';
import { defaultConfig } from '#domain/cluster/default-config.ts';
import { registered } from './samples.ts';

test('the default configuration is the one of the assisted-service API', () => {
  const [v4, v6] = [
    { cidr: '10.128.0.0/14', host_prefix: 23 },
    { cidr: 'fd01::/48', host_prefix: 64 },
  ];
  expect(defaultConfig()).toMatchObject({
    cluster_network_cidr: '10.128.0.0/14',
    cluster_network_host_prefix: 23,
    service_network_cidr: '172.30.0.0/16',
    cluster_networks_ipv4: [v4],
    cluster_networks_dualstack: [v4, v6],
    service_networks_ipv4: [{ cidr: '172.30.0.0/16' }],
    service_networks_dualstack: [{ cidr: '172.30.0.0/16' }, { cidr: 'fd02::/112' }],
    inactive_deletion_hours: 480,
    ntp_source: '',
  });
  expect(defaultConfig().forbidden_hostnames).toContain('localhost.localdomain');
});

test('a cluster with a dual-stack machine network can be registered with the dual-stack defaults', () => {
  const config = defaultConfig();
  const { settings } = registered({
    machine_networks: [{ cidr: '192.0.2.0/24' }, { cidr: '2001:db8::/64' }],
    cluster_networks: config.cluster_networks_dualstack,
    service_networks: config.service_networks_dualstack,
  });
  expect(settings).toMatchObject({
    cluster_networks: config.cluster_networks_dualstack,
    service_networks: config.service_networks_dualstack,
  });
});

test('a cluster that asks for nothing has the defaults', () => {
  const config = defaultConfig();
  expect(registered().settings).toMatchObject({
    cluster_networks: config.cluster_networks_ipv4,
    service_networks: config.service_networks_ipv4,
  });
});
