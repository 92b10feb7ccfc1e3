import { type CpuArchitecture, normaliseArchitecture, usualArchitecture } from '../architecture.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Release } from '../release/release.ts';
import { findRelease, newestRelease, releaseFor, resolveRelease } from '../release/resolve.ts';
import type { InfraEnvCreateParams } from './infra-env-settings.ts';

type Asked = Pick<InfraEnvCreateParams, 'cpu_architecture' | 'openshift_version'>;

interface Question {
  readonly params: Asked;
  /** The one that the parameters name. */
  readonly cluster: Cluster | undefined;
  readonly now: Date;
}

interface Target {
  /** As it has to be stored before the infra-env: the architecture may have settled its version. */
  readonly cluster: Cluster | undefined;
  readonly release: Release | undefined;
}

const askedArchitecture = ({ cpu_architecture }: Asked): CpuArchitecture | undefined =>
  normaliseArchitecture(cpu_architecture ?? '');

const ofUnbound = (releases: readonly Release[], params: Asked): Release | undefined => {
  const { openshift_version: openshiftVersion } = params;
  const cpuArchitecture = askedArchitecture(params);
  return openshiftVersion
    ? resolveRelease(releases, { openshiftVersion, cpuArchitecture })
    : newestRelease(releases, cpuArchitecture);
};

/** The cluster of a line of releases, now that it is known which of them. */
const settled = ({ askedVersion: _, ...cluster }: Cluster, { version, releaseImage }: Release, now: Date): Cluster => ({
  ...cluster,
  openshiftVersion: version,
  releaseImage,
  version: cluster.version + 1,
  updatedAt: now.toISOString(),
});

// A DisconnectedCluster. Its version may be there for other architectures only: that is for the check to refuse.
const ofOpenArchitecture = (releases: readonly Release[], cluster: Cluster, { params, now }: Question): Target => {
  const cpuArchitecture = askedArchitecture(params);
  const { askedVersion } = cluster;
  const ofVersion = releases.filter(({ version }) => version === cluster.openshiftVersion);
  const serving = releaseFor(ofVersion, { cpuArchitecture });
  if (askedVersion === undefined) return { cluster, release: serving ?? newestRelease(ofVersion, undefined) };
  const release = serving ?? findRelease(releases, { openshiftVersion: askedVersion, cpuArchitecture });
  return release === undefined
    ? { cluster, release: newestRelease(ofVersion, undefined) }
    : { cluster: settled(cluster, release, now), release };
};

/**
 * The release that a new infra-env is for, by version and architecture together: bound, the one of its cluster; unbound,
 * the one that it names or the newest. Undefined where that is not known, or no longer.
 *
 * @throws InvalidInput when an unbound one names none that is known
 */
export const targetRelease = (releases: readonly Release[], question: Question): Target => {
  const { cluster, params } = question;
  if (cluster === undefined) return { cluster, release: ofUnbound(releases, params) };
  const { cpuArchitecture, openshiftVersion } = cluster;
  if (cpuArchitecture === undefined) return ofOpenArchitecture(releases, cluster, question);
  const ofVersion = releases.filter(({ version }) => version === openshiftVersion);
  const releaseArchitecture = cpuArchitecture === 'multi' ? cpuArchitecture : normaliseArchitecture(cpuArchitecture);
  return { cluster, release: releaseFor(ofVersion, { releaseArchitecture }) };
};

/** The CPU of a new infra-env's hosts: the one asked for, or else the cluster's, the usual one, or what its release serves. */
export const targetArchitecture = ({
  params,
  cluster,
  release,
}: Omit<Question, 'now'> & Pick<Target, 'release'>): CpuArchitecture => {
  const ofCluster = normaliseArchitecture(cluster?.cpuArchitecture ?? '');
  const [first = usualArchitecture] = release?.cpuArchitectures ?? [];
  const ofRelease = release?.cpuArchitectures.includes(usualArchitecture) ? usualArchitecture : first;
  return askedArchitecture(params) ?? ofCluster ?? ofRelease;
};
