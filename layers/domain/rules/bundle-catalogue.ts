interface BundleRow {
  readonly operators: readonly string[];
  readonly optional: readonly string[];
  /** Left out on a single node. */
  readonly notOnSingleNode: readonly string[];
}

/** Named sets of operators (assisted-service API). */
export const bundleCatalogue: ReadonlyMap<string, BundleRow> = new Map<string, BundleRow>([
  [
    'virtualization',
    {
      operators: [
        'cnv',
        'mtv',
        'nmstate',
        'node-healthcheck',
        'fence-agents-remediation',
        'node-maintenance',
        'kube-descheduler',
        'loki',
        'openshift-logging',
        'cluster-observability',
        'numaresources',
        'oadp',
        'metallb',
      ],
      optional: [],
      notOnSingleNode: [],
    },
  ],
  [
    'openshift-ai',
    {
      operators: ['odf', 'pipelines', 'servicemesh', 'serverless', 'authorino', 'openshift-ai'],
      optional: ['nvidia-gpu', 'amd-gpu'],
      notOnSingleNode: ['odf', 'servicemesh', 'serverless', 'authorino'],
    },
  ],
]);
