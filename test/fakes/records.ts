import { emptySettings } from '#domain/cluster/asked-settings.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Release } from '#domain/release/release.ts';

const owner = { userName: 'admin', orgId: '', emailDomain: 'Unknown' };
const time = '2026-01-01T00:00:00.000Z';
const farAway = 4_000_000_000;

/** A cluster after its transition; a test replaces single attributes. */
export const aCluster = (changes: Partial<Cluster> = {}): Cluster => ({
  id: '11111111-1111-4111-8111-111111111111',
  kind: 'Cluster',
  owner,
  version: 2,
  name: 'edge',
  status: 'disconnected',
  statusInfo: 'Cluster is used for disconnected ISO configuration',
  statusUpdatedAt: time,
  openshiftVersion: '4.20.0',
  releaseImage: 'quay.io/openshift-release-dev/ocp-release@sha256:00',
  pullSecretSet: true,
  settings: emptySettings(),
  createdAt: time,
  updatedAt: time,
  expiresAt: farAway,
  ...changes,
});

/** A registered infra-env of type disconnected-iso, bound to `aCluster`. */
export const anInfraEnv = (changes: Partial<InfraEnv> = {}): InfraEnv => ({
  id: '22222222-2222-4222-8222-222222222222',
  owner,
  version: 1,
  revision: 1,
  registration: 'registered',
  name: 'edge',
  type: 'disconnected-iso',
  clusterId: aCluster().id,
  openshiftVersion: '4.20.0',
  cpuArchitecture: 'x86_64',
  pullSecretId: '33333333-3333-4333-8333-333333333333',
  settings: {},
  createdAt: time,
  updatedAt: time,
  expiresAt: farAway,
  ...changes,
});

/** A release for x86_64 hosts whose installer nobody looks at. */
export const aRelease = (version: string, changes: Partial<Release> = {}): Release => ({
  version,
  cpuArchitectures: ['x86_64'],
  releaseImage: `quay.io/openshift-release-dev/ocp-release:${version}-x86_64`,
  supportLevel: 'production',
  provenance: 'signed',
  installer: { key: `installers/${version}/00.zst`, sha256: '00', size: 1, encoding: 'zstd' },
  addedAt: time,
  ...changes,
});
