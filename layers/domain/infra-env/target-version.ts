import { type CpuArchitecture, normaliseArchitecture } from '../architecture.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { failure, invalid } from '../errors.ts';
import { servedArchitectures } from '../release/payload.ts';
import type { Release } from '../release/release.ts';
import { means } from '../release/resolve.ts';
import { excerpt } from '../values/printable.ts';
import type { ImageType } from './image-type.ts';

interface Target {
  readonly cpuArchitecture: CpuArchitecture;
  readonly cluster: Cluster | undefined;
  /** Of the cluster; unbound, the one that the infra-env is for. */
  readonly release: Release | undefined;
}

/** @throws ClusterRequired: a disconnected ISO takes its exact version from a cluster. */
export const checkIsBound = (type: ImageType, clusterId: string | undefined): void => {
  if (type === 'disconnected-iso' && clusterId === undefined) throw failure('ClusterRequired');
};

const noImage = (version: string, { cpuArchitecture, release }: Target): Error =>
  invalid(
    `No OS image for Openshift version ${excerpt(version)} and architecture ${cpuArchitecture}: ` +
      (release
        ? `release ${release.version} serves ${release.cpuArchitectures.join(', ')}`
        : 'no such release is known'),
  );

const mismatch = (cpuArchitecture: CpuArchitecture, served: string): Error =>
  invalid(`Specified CPU architecture (${cpuArchitecture}) doesn't match the cluster (${served})`);

/**
 * The architecture must be the cluster's, and the release must serve it. A cluster without an architecture of its own
 * (DisconnectedCluster) has its release's.
 *
 * @throws InvalidInput in the words of the assisted-service API
 */
export const checkArchitecture = (target: Target): void => {
  const { cpuArchitecture, cluster, release } = target;
  const ofCluster = cluster?.cpuArchitecture;
  const isMulti = ofCluster === 'multi';
  if (ofCluster !== undefined && !isMulti && normaliseArchitecture(ofCluster) !== cpuArchitecture) {
    throw mismatch(cpuArchitecture, ofCluster);
  }
  if (!release || release.cpuArchitectures.includes(cpuArchitecture)) return;
  if (!cluster) throw noImage(release.version, target);
  const served = release.cpuArchitectures.join(', ');
  if (!isMulti) throw mismatch(cpuArchitecture, served);
  throw invalid(
    `The requested RHCOS version (${release.version}, arch: ${cpuArchitecture}) does not have a matching OpenShift ` +
      `release image. The release image of the cluster serves ${served}`,
  );
};

interface AskedVersion extends Target {
  /** Absent or empty: any. */
  readonly asked: string | null | undefined;
  /** What an unbound infra-env has so far. */
  readonly current?: string | undefined;
}

/**
 * The exact version: the cluster's, or unbound the release's. The one asked for must mean it.
 *
 * @throws InvalidInput
 */
export const targetVersion = ({ asked, current, ...target }: AskedVersion): string | undefined => {
  const { cluster, release } = target;
  const version = cluster?.openshiftVersion ?? release?.version ?? current;
  // Of a release that is gone nobody knows the architectures.
  const cpuArchitectures = release?.cpuArchitectures ?? servedArchitectures('multi');
  if (!asked || (version !== undefined && means(asked, { version, cpuArchitectures }))) return version;
  if (!cluster) throw noImage(asked, target);
  throw invalid(
    `Specified OpenShift version (${excerpt(asked)}) doesn't match the cluster (${cluster.openshiftVersion}): ` +
      'an infra-env has the version of its cluster',
  );
};
