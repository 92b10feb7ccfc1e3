import { newCluster } from '#domain/cluster/cluster-registration.ts';
import type { ClusterCreateParams, ClusterUpdateParams } from '#domain/cluster/cluster-settings.ts';
import { updatedCluster } from '#domain/cluster/cluster-update.ts';
import type { Owner } from '#domain/owner.ts';
import type { Release } from '#domain/release/release.ts';

export const owner: Owner = { userName: 'admin', orgId: '', emailDomain: 'Unknown' };
export const id = '3f9b9c1e-6a7d-4a52-8d5c-0b5f3c1d2e4f';
export const now = new Date('2026-04-27T06:55:16.099Z');
export const later = new Date('2026-04-28T07:00:00.000Z');

export const sshKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f core@example';

const pullSecret = JSON.stringify({ auths: { 'quay.io': { auth: 'dXNlcjpwYXNzd29yZA==' } } });

export const release = (version = '4.20.3', cpuArchitectures: Release['cpuArchitectures'] = ['x86_64']): Release => ({
  version,
  cpuArchitectures,
  releaseImage: `quay.io/openshift-release-dev/ocp-release:${version}`,
  supportLevel: 'production',
  provenance: 'signed',
  installer: { key: 'installer', sha256: '0'.repeat(64), size: 1, encoding: 'identity' },
  addedAt: '2026-01-01T00:00:00.000Z',
});

export type Given = Partial<ClusterCreateParams>;

export const params = (given: Given = {}): ClusterCreateParams => ({
  name: 'ocp',
  openshift_version: '4.20',
  pull_secret: pullSecret,
  ...given,
});

export const registered = (given: Given = {}, from = release()) =>
  newCluster({ params: params(given), release: from, owner, id, now });

export const patched = (given: Given, changes: ClusterUpdateParams, from = release()) =>
  updatedCluster({ cluster: registered(given, from), params: changes, now: later });
