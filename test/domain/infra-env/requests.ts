import { newInfraEnv } from '#domain/infra-env/infra-env-registration.ts';
import {
  type InfraEnvCreateParams,
  infraEnvCreateParams,
  infraEnvUpdateParams,
} from '#domain/infra-env/infra-env-settings.ts';
import { updatedInfraEnv } from '#domain/infra-env/infra-env-update.ts';
import type { Release } from '#domain/release/release.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { certificate } from '../values/certificate.ts';
import { ed25519Key } from '../values/openssh-key.ts';

export const owner = { userName: 'ada', orgId: '42', emailDomain: 'example.com' };
export const id = '22222222-2222-4222-8222-222222222222';
export const pullSecretId = '33333333-3333-4333-8333-333333333333';
/** 2026-03-01 in seconds since 1970. */
export const nowSeconds = 1_772_323_200;
export const now = new Date(nowSeconds * 1000);

export const pullSecret = JSON.stringify({
  auths: { 'quay.io': { auth: Buffer.from('ada:password').toString('base64') } },
});

export const aRelease = (changes: Partial<Release> = {}): Release => ({
  version: '4.20.0',
  cpuArchitectures: ['x86_64'],
  releaseImage: 'quay.io/openshift-release-dev/ocp-release@sha256:00',
  supportLevel: 'production',
  provenance: 'signed',
  installer: { key: 'x', sha256: '00', size: 1, encoding: 'identity' },
  addedAt: '2026-01-01T00:00:00.000Z',
  ...changes,
});

export const sshKey = ed25519Key();

export const hostNetwork = (ip = '192.0.2.10', octet = '01') => ({
  network_yaml: `interfaces: [{name: eth0, type: ethernet, ipv4: {enabled: true, address: [{ip: ${ip}, prefix-length: 24}]}}]`,
  mac_interface_map: [{ mac_address: `52:54:00:00:00:${octet}`, logical_nic_name: 'eth0' }],
});

/** One accepted value of each setting of a disconnected ISO. */
export const everySetting = {
  ssh_authorized_key: sshKey,
  proxy: { http_proxy: 'http://proxy:3128', https_proxy: 'http://proxy:3128', no_proxy: '.example.com' },
  additional_ntp_sources: 'time.example.com',
  kernel_arguments: [{ operation: 'append' as const, value: 'rd.debug' }],
  additional_trust_bundle: certificate,
  ignition_config_override: '{"ignition":{"version":"3.2.0"}}',
  static_network_config: [hostNetwork('192.0.2.10', '02'), hostNetwork('192.0.2.9', '01')],
  network_discovery_delay_seconds: 30,
  rendezvous_ip: '192.0.2.9',
};

type Subject = Partial<Pick<Parameters<typeof newInfraEnv>[0], 'cluster' | 'release'>>;

/** Registers what a body asks for, by default for a disconnected ISO of `aCluster`. */
export const register = (body: object = {}, subject: Subject = {}) => {
  const defaults = { name: 'edge', pull_secret: pullSecret, image_type: 'disconnected-iso' };
  const params: InfraEnvCreateParams = infraEnvCreateParams.parse({ ...defaults, ...body });
  return newInfraEnv({ cluster: aCluster(), release: aRelease(), params, owner, id, pullSecretId, now, ...subject });
};

/** Patches an infra-env, by default one without settings. */
export const patch = (body: object, infraEnv = anInfraEnv(), subject: Subject = {}) =>
  updatedInfraEnv({ infraEnv, params: infraEnvUpdateParams.parse(body), cluster: aCluster(), now, ...subject });
