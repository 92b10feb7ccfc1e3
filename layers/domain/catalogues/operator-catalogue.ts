/** What the service knows of an OLM operator (assisted-service API, section on operators). */
export interface OperatorRow {
  /** How messages call it, where they do not use its name. */
  readonly title?: string;
  readonly namespace?: string;
  readonly subscription?: string;
  /** Seconds that its installation may take. */
  readonly timeoutSeconds: number;
  /** Operators that it pulls in. */
  readonly needs: readonly string[];
  readonly needsOnSingleNode?: readonly string[];
  /** CPU architectures without it. */
  readonly notOn?: readonly string[];
}

const slow = 4200;
const usual = 3600;
const quick = 1800;

const x86Only = ['arm64', 'ppc64le', 's390x'];
const notOnMainframes = ['ppc64le', 's390x'];

const standalone = { timeoutSeconds: quick, needs: [] };

export const operatorCatalogue: ReadonlyMap<string, OperatorRow> = new Map<string, OperatorRow>([
  [
    'amd-gpu',
    {
      title: 'AMD GPU',
      namespace: 'openshift-amd-gpu',
      subscription: 'amd-gpu-operator',
      timeoutSeconds: quick,
      needs: ['node-feature-discovery', 'kmm'],
      notOn: x86Only,
    },
  ],
  ['authorino', { ...standalone, namespace: 'openshift-operators', subscription: 'authorino-operator' }],
  ['cluster-observability', { timeoutSeconds: quick, needs: ['openshift-logging'] }],
  [
    'cnv',
    {
      title: 'OpenShift Virtualization',
      namespace: 'openshift-cnv',
      subscription: 'hco-operatorhub',
      timeoutSeconds: usual,
      needs: [],
      notOn: notOnMainframes,
    },
  ],
  ['fence-agents-remediation', { timeoutSeconds: quick, needs: ['node-healthcheck'] }],
  ['kmm', { ...standalone, namespace: 'openshift-kmm', subscription: 'kernel-module-management' }],
  ['kube-descheduler', standalone],
  ['loki', standalone],
  [
    'lso',
    { namespace: 'openshift-local-storage', subscription: 'local-storage-operator', timeoutSeconds: slow, needs: [] },
  ],
  [
    'lvm',
    {
      ...standalone,
      title: 'Logical Volume Management',
      namespace: 'openshift-storage',
      subscription: 'lvms-operator',
      notOn: notOnMainframes,
    },
  ],
  ['mce', { namespace: 'multicluster-engine', subscription: 'multicluster-engine', timeoutSeconds: usual, needs: [] }],
  ['metallb', standalone],
  [
    'mtv',
    {
      title: 'Migration Toolkit for Virtualization',
      namespace: 'openshift-mtv',
      subscription: 'mtv-operator',
      timeoutSeconds: usual,
      needs: ['cnv'],
      notOn: notOnMainframes,
    },
  ],
  ['nmstate', { timeoutSeconds: usual, needs: [] }],
  ['node-feature-discovery', { ...standalone, namespace: 'openshift-nfd', subscription: 'nfd' }],
  ['node-healthcheck', standalone],
  ['node-maintenance', standalone],
  ['numaresources', standalone],
  [
    'nvidia-gpu',
    {
      title: 'NVIDIA GPU',
      namespace: 'nvidia-gpu-operator',
      subscription: 'gpu-operator-certified',
      timeoutSeconds: quick,
      needs: ['node-feature-discovery'],
      notOn: x86Only,
    },
  ],
  ['oadp', standalone],
  [
    'odf',
    {
      title: 'OpenShift Data Foundation',
      namespace: 'openshift-storage',
      subscription: 'odf-operator',
      timeoutSeconds: quick,
      needs: ['lso'],
      notOn: ['arm64'],
    },
  ],
  [
    'openshift-ai',
    {
      title: 'OpenShift AI',
      namespace: 'redhat-ods-operator',
      subscription: 'rhods-operator',
      timeoutSeconds: quick,
      needs: [],
      needsOnSingleNode: ['lvm'],
      notOn: x86Only,
    },
  ],
  ['openshift-logging', { timeoutSeconds: quick, needs: ['loki'] }],
  ['osc', { timeoutSeconds: usual, needs: ['node-feature-discovery'] }],
  ['pipelines', { ...standalone, namespace: 'openshift-operators', subscription: 'openshift-pipelines-operator-rh' }],
  ['self-node-remediation', { timeoutSeconds: quick, needs: ['node-healthcheck'] }],
  ['serverless', { ...standalone, namespace: 'openshift-serverless', subscription: 'serverless-operator' }],
  ['servicemesh', { ...standalone, namespace: 'openshift-operators', subscription: 'servicemeshoperator' }],
]);

/** Other names under which clients know operators. */
export const operatorAliases: ReadonlyMap<string, string> = new Map([['ocs', 'odf']]);
