interface BundleRow {
  readonly title: string;
  readonly description: string;
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
      title: 'Virtualization',
      description: 'Virtual machines beside containers: OpenShift Virtualization and what one wants around it.',
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
      title: 'OpenShift AI',
      description: 'Models trained and served on the cluster, with drivers for its GPUs where they are chosen.',
      operators: ['odf', 'pipelines', 'servicemesh', 'serverless', 'authorino', 'openshift-ai'],
      optional: ['nvidia-gpu', 'amd-gpu'],
      notOnSingleNode: ['odf', 'servicemesh', 'serverless', 'authorino'],
    },
  ],
]);
