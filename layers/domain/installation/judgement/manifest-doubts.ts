import { documentsOf } from '../../cluster/manifest-documents.ts';
import { entriesOf } from '../../values/json.ts';
import type { ExtraManifest } from '../site.ts';
import { faultIf, type Judge } from './fault.ts';

/** Kinds of a cluster's own that belong to a namespace, by the group of their API. */
const namespaced: Readonly<Record<string, readonly string[]>> = {
  '': [
    'ConfigMap',
    'Secret',
    'Service',
    'ServiceAccount',
    'Pod',
    'PersistentVolumeClaim',
    'LimitRange',
    'ResourceQuota',
  ],
  apps: ['Deployment', 'DaemonSet', 'StatefulSet'],
  batch: ['Job', 'CronJob'],
  'networking.k8s.io': ['Ingress', 'NetworkPolicy'],
  'operators.coreos.com': ['CatalogSource', 'OperatorGroup', 'Subscription'],
  policy: ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io': ['Role', 'RoleBinding'],
  'route.openshift.io': ['Route'],
};

const groupOf = (apiVersion: string): string => apiVersion.split('/').slice(0, -1).join('/');

const isWithoutNamespace = (document: unknown): boolean => {
  const members = entriesOf(document);
  const group = groupOf(String(members?.get('apiVersion')));
  return (
    namespaced[group]?.includes(String(members?.get('kind'))) === true &&
    !entriesOf(members?.get('metadata'))?.get('namespace')
  );
};

const doubtsOf = ({ fileName, content }: ExtraManifest) => {
  const wrong = documentsOf(content).documents?.find(isWithoutNamespace);
  return faultIf(
    wrong !== undefined,
    `manifests/${fileName}`,
    `it has a ${entriesOf(wrong)?.get('kind')} without metadata.namespace, which the cluster would not create`,
  );
};

/** Objects that only a namespace can have, and that name none. */
export const manifestDoubts: Judge = ({ manifests }) => manifests.flatMap(doubtsOf);
