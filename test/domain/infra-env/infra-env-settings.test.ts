import { describe, expect, it, test } from 'vitest';
import { infraEnvCreateParams, infraEnvSettings, infraEnvUpdateParams } from '#domain/infra-env/infra-env-settings.ts';
import { everySetting } from '#test/scenarios/setting-samples.ts';

const required = { name: 'edge', pull_secret: '{}' };
const issuesOf = (body: object) =>
  infraEnvCreateParams
    .safeParse({ ...required, ...body })
    .error?.issues.map(({ code, path }) => [code, path.join('.')]);

describe('the body of a registration', () => {
  it('takes every field', () => {
    const body = {
      ...required,
      ...everySetting,
      image_type: 'minimal-iso',
      openshift_version: '4.20',
      cluster_id: '11111111-1111-4111-8111-111111111111',
      cpu_architecture: 'aarch64',
      ntp_sources: '',
    };
    expect(infraEnvCreateParams.parse(body)).toEqual(body);
  });

  it('takes null for absent everywhere but in what is required', () => {
    const fields = Object.keys(infraEnvCreateParams.shape).filter((field) => !Object.hasOwn(required, field));
    expect(issuesOf(Object.fromEntries(fields.map((field) => [field, null])))).toBeUndefined();
    expect(issuesOf({ proxy: { http_proxy: null }, static_network_config: [{ network_yaml: null }] })).toBeUndefined();
  });

  test.each([
    [{ name: null }, 'invalid_type', 'name'],
    [{ name: '' }, 'too_small', 'name'],
    [{ name: 'a'.repeat(254) }, 'too_big', 'name'],
    [{ pull_secret: undefined }, 'invalid_type', 'pull_secret'],
    [{ image_type: 'iso' }, 'invalid_value', 'image_type'],
    [{ cpu_architecture: 'amd64' }, 'invalid_value', 'cpu_architecture'],
    [{ cluster_id: 'abc' }, 'invalid_format', 'cluster_id'],
    [{ additional_trust_bundle: 'a'.repeat(65_536) }, 'too_big', 'additional_trust_bundle'],
    [{ network_discovery_delay_seconds: -1 }, 'too_small', 'network_discovery_delay_seconds'],
    [{ network_discovery_delay_seconds: 86_401 }, 'too_big', 'network_discovery_delay_seconds'],
    [{ network_discovery_delay_seconds: 1.5 }, 'invalid_type', 'network_discovery_delay_seconds'],
    [{ kernel_arguments: [{ operation: 'append', value: 'a b' }] }, 'invalid_format', 'kernel_arguments.0.value'],
    [{ kernel_arguments: [{ operation: 'prepend', value: 'a' }] }, 'invalid_value', 'kernel_arguments.0.operation'],
    [{ kernel_arguments: [null] }, 'invalid_type', 'kernel_arguments.0'],
    [{ static_network_config: [null] }, 'invalid_type', 'static_network_config.0'],
    [
      { static_network_config: [{ mac_interface_map: [null] }] },
      'invalid_type',
      'static_network_config.0.mac_interface_map.0',
    ],
    [
      { static_network_config: [{ mac_interface_map: [{}] }] },
      'invalid_type',
      'static_network_config.0.mac_interface_map.0.mac_address',
    ],
    [
      { static_network_config: [{ mac_interface_map: [{ mac_address: '52-54-00-00-00-01' }] }] },
      'invalid_format',
      'static_network_config.0.mac_interface_map.0.mac_address',
    ],
    [{ proxy: { ftp_proxy: 'x' } }, 'unrecognized_keys', 'proxy'],
    [{ constructor: 1 }, 'unrecognized_keys', ''],
  ])('refuses %j', (body, code, path) => {
    expect(issuesOf(body)).toEqual([[code, path]]);
  });
});

test.each(['name', 'cluster_id', 'cpu_architecture'])('the body of a PATCH does not know %s', (field) => {
  expect(infraEnvUpdateParams.safeParse({ [field]: 'x' }).error?.issues).toMatchObject([
    { code: 'unrecognized_keys', keys: [field] },
  ]);
});

test('the stored settings have no nulls and no unset members', () => {
  expect(infraEnvSettings.safeParse({ ...everySetting, static_network_config: [] }).success).toBe(true);
  expect(infraEnvSettings.safeParse({ rendezvous_ip: null }).success).toBe(false);
  expect(infraEnvSettings.safeParse({ rendezvous_ip: undefined }).success).toBe(false);
});
