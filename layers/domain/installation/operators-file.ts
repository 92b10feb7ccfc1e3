import { clusterOperators } from '../cluster/operators.ts';
import type { HostFile } from '../host/host-file.ts';
import type { Site } from './site.ts';
import { toHostManifest } from './site-files.ts';

/**
 * operators.yaml, by which the site's client asks for operators: a list of names, each with the properties as a text. Bundles
 * stand there as what they bring, since those of the site's service list operators that its ISO lacks; what an operator
 * pulls in itself is left to the service. No openshift-install writes this file.
 */
export const operatorsFile = ({ cluster }: Pick<Site, 'cluster'>): readonly HostFile[] => {
  const wanted = clusterOperators(cluster.settings).filter(({ dependency_only }) => !dependency_only);
  if (wanted.length === 0) return [];
  const list = wanted.map(({ name, properties }) => ({ name, ...(properties ? { properties } : {}) }));
  return [toHostManifest('operators.yaml', list)];
};
