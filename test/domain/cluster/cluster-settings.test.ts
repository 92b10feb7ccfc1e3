import { describe, expect, test } from 'vitest';
import {
  clusterCreateParams,
  clusterUpdateParams,
  disconnectedClusterParams,
} from '#domain/cluster/cluster-settings.ts';
import { params } from './samples.ts';

interface Expected {
  readonly code: string;
  readonly path: readonly (string | number)[];
}

/** The first broken rule, as far as the contract's texts depend on it. */
const issueOf = (
  schema: typeof clusterCreateParams | typeof clusterUpdateParams,
  body: unknown,
): Expected | undefined => {
  const issue = schema.safeParse(body).error?.issues[0];
  return issue && { code: issue.code ?? '', path: issue.path.map((key) => (typeof key === 'symbol' ? '' : key)) };
};

const everything = {
  base_dns_domain: 'example.com',
  cluster_networks: [{ cidr: '10.128.0.0/14', host_prefix: 23 }],
  service_networks: [{ cidr: '172.30.0.0/16' }],
  machine_networks: [{ cidr: 'fd00::/64' }],
  api_vips: [{ ip: '10.0.0.2' }],
  ingress_vips: [{ ip: 'fd00::3' }],
  vip_dhcp_allocation: false,
  user_managed_networking: false,
  load_balancer: { type: 'user-managed' },
  network_type: 'Calico',
  http_proxy: '',
  https_proxy: '',
  no_proxy: '',
  additional_ntp_source: '',
  ntp_sources: '',
  control_plane_count: 3,
  platform: { type: 'external', external: { platform_name: 'oci', cloud_controller_manager: '' } },
  hyperthreading: 'masters,workers',
  schedulable_masters: true,
  disk_encryption: { enable_on: 'all', mode: 'tang', tang_servers: '[]' },
  ssh_public_key: '',
  tags: '',
  olm_operators: [{ name: 'odf', properties: '{}' }],
  operator_bundles: [{ id: 'virtualization', optional_operators: [] }],
  ignition_endpoint: { url: 'http://x', ca_certificate: '' },
};

const atCreation = {
  high_availability_mode: 'Full',
  cpu_architecture: 'aarch64',
  ocp_release_image: 'quay.io/a/b@sha256:0',
};
const atUpdate = { name: 'x', pull_secret: '', api_vip_dns_name: 'x', machine_network_cidr: '' };

const asNull = (fields: object) => Object.fromEntries(Object.keys(fields).map((key) => [key, null]));

describe('the shape of a registration', () => {
  test('takes every field', () => {
    expect(issueOf(clusterCreateParams, { ...params(), ...everything, ...atCreation })).toBeUndefined();
  });

  test('takes null for every field that is not required', () => {
    expect(issueOf(clusterCreateParams, { ...params(), ...asNull({ ...everything, ...atCreation }) })).toBeUndefined();
  });

  test.each([
    [{ name: undefined }, 'invalid_type', ['name']],
    [{ openshift_version: undefined }, 'invalid_type', ['openshift_version']],
    [{ pull_secret: undefined }, 'invalid_type', ['pull_secret']],
    [{ name: '' }, 'too_small', ['name']],
    [{ name: 'x'.repeat(55) }, 'too_big', ['name']],
    [{ x: 1 }, 'unrecognized_keys', []],
    [{ api_vip_dns_name: 'x' }, 'unrecognized_keys', []],
    [{ platform: {} }, 'invalid_value', ['platform', 'type']],
    [{ platform: { type: 'aws' } }, 'invalid_value', ['platform', 'type']],
    [{ platform: { type: 'none', x: 1 } }, 'unrecognized_keys', ['platform']],
    [{ hyperthreading: 'some' }, 'invalid_value', ['hyperthreading']],
    [{ network_type: 'Flannel' }, 'invalid_value', ['network_type']],
    [{ high_availability_mode: 'Half' }, 'invalid_value', ['high_availability_mode']],
    [{ cpu_architecture: 'mips' }, 'invalid_value', ['cpu_architecture']],
    [{ control_plane_count: 1.5 }, 'invalid_type', ['control_plane_count']],
    [{ api_vips: [{ ip: 'x' }] }, 'invalid_format', ['api_vips', 0, 'ip']],
    [{ api_vips: [null] }, 'invalid_type', ['api_vips', 0]],
    [{ machine_networks: [{ cidr: '10.0.0.0/33' }] }, 'invalid_format', ['machine_networks', 0, 'cidr']],
    [{ cluster_networks: [{ host_prefix: 0 }] }, 'too_small', ['cluster_networks', 0, 'host_prefix']],
    [{ cluster_networks: [{ host_prefix: 129 }] }, 'too_big', ['cluster_networks', 0, 'host_prefix']],
    [{ ocp_release_image: 'a b' }, 'invalid_format', ['ocp_release_image']],
  ])('refuses %j', (given, code, path) => {
    expect(issueOf(clusterCreateParams, { ...params(), ...given })).toEqual({ code, path });
  });

  test('judges a hostile address at once', () => {
    const hostile = `${'1:'.repeat(50_000)}x`;
    expect(issueOf(clusterCreateParams, { ...params(), api_vips: [{ ip: hostile }] })?.code).toBe('invalid_format');
  });
});

describe('the shape of a change', () => {
  test('takes every field, null for every field, and nothing', () => {
    expect(issueOf(clusterUpdateParams, { ...everything, ...atUpdate })).toBeUndefined();
    expect(issueOf(clusterUpdateParams, asNull({ ...everything, ...atUpdate }))).toBeUndefined();
    expect(issueOf(clusterUpdateParams, {})).toBeUndefined();
  });

  test.each(['openshift_version', 'cpu_architecture', 'high_availability_mode', 'ocp_release_image'])(
    'refuses %s',
    (field) => {
      expect(issueOf(clusterUpdateParams, { [field]: 'x' })).toEqual({ code: 'unrecognized_keys', path: [] });
    },
  );
});

test('a disconnected cluster takes a name and a version alone', () => {
  expect(disconnectedClusterParams.safeParse({ name: 'x', openshift_version: '4.20' }).success).toBe(true);
  expect(disconnectedClusterParams.safeParse({ name: 'x', openshift_version: '4.20', tags: 'x' }).success).toBe(false);
  expect(disconnectedClusterParams.safeParse({ name: 'x'.repeat(55), openshift_version: '4.20' }).success).toBe(false);
});
