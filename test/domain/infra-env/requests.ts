import { newInfraEnv } from '#domain/infra-env/infra-env-registration.ts';
import {
  type InfraEnvCreateParams,
  infraEnvCreateParams,
  infraEnvUpdateParams,
} from '#domain/infra-env/infra-env-settings.ts';
import { updatedInfraEnv } from '#domain/infra-env/infra-env-update.ts';
import type { Release } from '#domain/release/release.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
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
