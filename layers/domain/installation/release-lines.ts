/** What differs from one release line to the next, newest facts last. */
interface ReleaseLine {
  /** Feature gates that a cluster needs in order to find its images and operators after the installation. */
  readonly featureGates: readonly string[];
  /** Operators whose packages the OVE ISO carries, by the names of the site's service. */
  readonly operators: readonly string[];
}

const since420 = [
  'cnv',
  'mtv',
  'nmstate',
  'node-healthcheck',
  'node-maintenance',
  'fence-agents-remediation',
  'kube-descheduler',
];
const since421 = [
  ...since420,
  'metallb',
  'cluster-observability',
  'oadp',
  'lso',
  'numaresources',
  'loki',
  'openshift-logging',
];
const since422 = [...since421, 'lvm'];

// The wizard of 4.19 and 4.20 sets a gate that nothing in these releases needs; with it a cluster cannot be upgraded.
const lines: Readonly<Record<string, ReleaseLine>> = {
  '4.19': { featureGates: [], operators: since420 },
  '4.20': { featureGates: [], operators: since420 },
  '4.21': { featureGates: ['NoRegistryClusterInstall=true'], operators: since421 },
  '4.22': { featureGates: ['NoRegistryClusterInstall=true'], operators: since422 },
};

/** From 4.23 on the gate is there without asking; what an ISO carries has only grown so far. */
const later: ReleaseLine = { featureGates: [], operators: since422 };

export const releaseLineOf = (version: string): string => version.split('.').slice(0, 2).join('.');

/** What an operator of this service says of a release, instead of the tables. */
export interface ReleaseFacts {
  readonly version: string;
  readonly featureGates?: readonly string[] | undefined;
  /** Beside those of the table. */
  readonly operators?: readonly string[] | undefined;
}

/** The feature gates and operators of a release, by its line unless something else was said of it. */
export const releaseLine = ({ version, featureGates, operators = [] }: ReleaseFacts): ReleaseLine => {
  const line = lines[releaseLineOf(version)] ?? later;
  return {
    featureGates: featureGates ?? line.featureGates,
    operators: [...new Set([...line.operators, ...operators])],
  };
};
